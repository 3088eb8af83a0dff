import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';

const world = { compiler: async () => createCompiler };

const environment = (name: string, namespace: string) =>
  `environment: ${name}\nistio: "1.29"\nnamespace: ${namespace}\nuser: {header: end-user}\n`;
const reviews = (percent: number, more = '') =>
  `service: reviews\nports: {http: 9080}\nversions: {v1: {}, v2: {}, v3: {}}\nstable: v1\ncanary: {version: v3, percent: ${percent}}\n${more}`;

function bookinfo(): string {
  return folderWith({
    'environments/prod/environment.yaml': environment('prod', 'bookinfo'),
    'environments/prod/services/reviews.yaml': reviews(10, 'timeout: 5s\n'),
    'environments/staging/environment.yaml': environment('staging', 'bookinfo-staging'),
    'environments/staging/services/reviews.yaml': reviews(50, 'timeout: 5s\n'),
  });
}

async function rendered(): Promise<string> {
  const folder = bookinfo();
  expect((await runIn(folder, ['render'], world)).code).toBe(0);
  return folder;
}

describe('diff', () => {
  it('says that nothing changes after a render', async () => {
    const { code, stdout, stderr } = await runIn(await rendered(), ['diff', '--exit-code'], world);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      'prod: rendered/prod → intents\n\nNo request changes.\n\nObjects: 2 unchanged\n\n' +
        'staging: rendered/staging → intents\n\nNo request changes.\n\nObjects: 2 unchanged\n',
    );
  });

  it('shows what the next render changes, traffic first, with the line that says so', async () => {
    const folder = await rendered();
    put(folder, 'environments/prod/services/reviews.yaml', reviews(25, 'timeout: 3s\npins: [{user: jason, version: v2}]\n'));
    const { code, stdout } = await runIn(folder, ['diff', '--env', 'prod', '--exit-code'], world);
    expect(code).toBe(2);
    expect(stdout).toMatchInlineSnapshot(`
      "prod: rendered/prod → intents

      reviews:9080 (mesh)
        end-user = jason  v1 90 %, v3 10 %  →  v2 100 %          all of it moves
            timeout 5s → 3s
            such as GET http://reviews:9080/, from bookinfo, end-user: jason
            by service reviews, environments/prod/services/reviews.yaml:6 (VirtualService bookinfo/reviews)
        everyone else     v1 90 %, v3 10 %  →  v1 75 %, v3 25 %  15 % moves
            timeout 5s → 3s
            such as GET http://reviews:9080/, from bookinfo
            by service reviews, environments/prod/services/reviews.yaml:1 (VirtualService bookinfo/reviews)

      Objects: 1 updated, 1 unchanged
        ~ VirtualService bookinfo/reviews  6 changes
      "
    `);
  });

  it('says that everything is new where nothing is rendered', async () => {
    const { code, stdout } = await runIn(bookinfo(), ['diff', '--env', 'prod'], world);
    expect(code).toBe(0);
    expect(stdout).toContain('Objects: 2 created\n');
  });

  it('names a hand edit that changes no value', async () => {
    const folder = await rendered();
    const path = 'rendered/prod/service/reviews.yaml';
    put(folder, path, `${filesOf(folder)[path]}# looked at\n`);
    const { stdout } = await runIn(folder, ['diff', '--env', 'prod'], world);
    expect(stdout).toContain('formatting only: service/reviews.yaml');
  });

  it('compares two environments as if they had one namespace', async () => {
    const named = await runIn(bookinfo(), ['diff', 'staging', 'prod'], world);
    expect(await runIn(bookinfo(), ['diff', '--env', 'staging', '--env', 'prod'], world)).toEqual(named);
    expect(named.stdout).toContain('namespace bookinfo-staging is taken for bookinfo');
    expect(named.stdout).toContain('everyone  v1 50 %, v3 50 %  →  v1 90 %, v3 10 %  40 % moves');
    expect(named.stdout).toContain('Objects: 1 updated, 1 unchanged');
  });

  it('compares two folders of manifests', async () => {
    const folder = await rendered();
    put(folder, 'environments/prod/services/reviews.yaml', reviews(10));
    await runIn(folder, ['render', '--env', 'prod', '--out', 'other'], world);
    const asked = await runIn(folder, ['diff', '--manifests', 'rendered/prod', 'other/prod', '--format', 'json'], world);
    const { comparisons } = JSON.parse(asked.stdout) as { comparisons: { traffic: { classes: { policies: unknown }[] }[] }[] };
    expect(comparisons[0]?.traffic[0]?.classes[0]?.policies).toEqual([{ field: 'timeout', before: '5s' }]);
    const text = await runIn(folder, ['diff', 'rendered/prod', 'other/prod', '--patch', 'rfc6902'], world);
    expect(text.stdout).toContain('timeout removed: it was 5s');
    expect(text.stdout).toContain('remove /spec/http/0/timeout');
  });

  it('writes Markdown for a pull request', async () => {
    const folder = await rendered();
    put(folder, 'environments/prod/services/reviews.yaml', reviews(25, 'timeout: 5s\n'));
    const { stdout } = await runIn(folder, ['diff', '--env', 'prod', '--format', 'markdown'], world);
    expect(stdout).toContain(
      '| everyone<br>`GET http://reviews:9080/, from bookinfo` | v1 90 %, v3 10 % | v1 75 %, v3 25 % | 15 % moves |',
    );
  });

  it.each([
    [['diff', 'prod'], '"prod" needs another to be compared with'],
    [['diff', 'prod', 'prod'], 'name two different environments'],
    [['diff', '--manifests', 'rendered'], '`--manifests` compares two folders'],
    [['diff', '--manifests', 'rendered', 'nowhere'], 'nothing stands at "nowhere"'],
    [['diff', '--manifests', '--env', 'prod', 'a', 'b'], '`--env` names an environment'],
    [['diff', 'prod', 'staging', '--env', 'prod'], 'name two environments, or give `--env`, not both'],
    [['diff', 'prod', 'stagng'], 'no environment "stagng"'],
  ])('%j is refused', async (line, message) => {
    const { code, stderr } = await runIn(await rendered(), line, world);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it('compares nothing where an input has errors', async () => {
    const folder = await rendered();
    put(folder, 'environments/prod/services/reviews.yaml', 'service: reviews\ntimeot: 5s\n');
    const { code, stdout, stderr } = await runIn(folder, ['diff'], world);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('timeot');
  });
});
