import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { filesOf, folderWith, put, type Ran, runIn } from './cli-fixtures.ts';

const world = { compiler: async () => createCompiler };
const run = (folder: string, ...words: readonly string[]): Promise<Ran> => runIn(folder, words, world);

const environment = 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\n';
const file = 'environments/prod/reviews.yaml';
const reviews = (words: string, versions = '[v1, v2]') => `service: reviews\nport: 9080\nversions: ${versions}\n${words}\n`;
const before = reviews('stable: v1');
const after = reviews('stable: v1\ncanary: {version: v3, percent: 10}', '[v1, v2, v3]');

/** A repository with what is rendered of `intents`. */
async function repository(intents: string): Promise<string> {
  const folder = folderWith({ 'environments/prod/environment.yaml': environment, [file]: intents });
  expect((await run(folder, 'render')).code).toBe(0);
  return folder;
}

function commit(folder: string): void {
  for (const words of [
    ['init', '-q'],
    ['add', '.'],
    ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'a'],
  ])
    execFileSync('git', words, { cwd: folder });
}

describe('plan', () => {
  it('finds nothing to do where everything is rendered', async () => {
    const folder = await repository(before);
    expect(await run(folder, 'plan')).toEqual({ code: 0, stdout: 'prod: nothing changes\n', stderr: '' });
  });

  it('splits what changed since the last commit, and shows the request that would have failed', async () => {
    const folder = await repository(before);
    commit(folder);
    put(folder, file, after);
    const { code, stdout, stderr } = await run(folder, 'plan');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`prod: 2 objects to change, in 2 phases

  Applied at once, in an unlucky order:
    GET http://reviews.bookinfo.svc.cluster.local:9080/, from bookinfo
      would see   reviews.bookinfo.svc.cluster.local:9080 v1 90 %, reviews.bookinfo.svc.cluster.local:9080 v3 10 % (503 NC: no DestinationRule that the caller uses declares the subset v3 of reviews.bookinfo.svc.cluster.local; declared are v1 and v2)
      while       VirtualService bookinfo/reviews is as it shall be, DestinationRule bookinfo/reviews still as before
      before      reviews.bookinfo.svc.cluster.local:9080 v1 100 %
      afterwards  reviews.bookinfo.svc.cluster.local:9080 v1 90 %, reviews.bookinfo.svc.cluster.local:9080 v3 10 %

  1 expand
    DestinationRule bookinfo/reviews updated
    service reviews: {versions: {v3: {}}}

  2 shift
    VirtualService bookinfo/reviews updated
    service reviews: {canary: {version: v3, percent: 10}}
`);
  });

  it('refuses where the old intents are not known, and takes them from another checkout', async () => {
    const folder = await repository(before);
    put(folder, file, after);
    const { code, stdout, stderr } = await run(folder, 'plan');
    expect([code, stdout.split('\n')[0]]).toEqual([4, 'prod: 2 objects to change, refused: not safe in every order']);
    expect(stderr).toContain('--from');
    const old = folderWith({ 'environments/prod/environment.yaml': environment, [file]: before });
    expect((await run(folder, 'plan', '--from', old)).code).toBe(0);
  });

  it('plans what stands in next, too', async () => {
    const folder = await repository(`${before}next: {versions: {v3: {}}, canary: {version: v3, percent: 10}}\n`);
    const { code, stdout } = await run(folder, 'plan', '--format', 'json');
    expect(code).toBe(0);
    // And explain shows it, with its place.
    expect((await run(folder, 'explain', 'reviews')).stdout).toMatch(/next\.canary\.percent: 10 +environments\/prod\/reviews\.yaml:5/);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      changes: [{ environment: 'prod', verdict: 'phased', phases: [{ name: 'expand' }, { name: 'shift' }] }],
    });
  });

  it('says it as Markdown for a pull request', async () => {
    const folder = await repository(`${before}next: {stable: v2}\n`);
    expect((await run(folder, 'plan', '--format', 'markdown')).stdout).toBe(`### prod: 1 object to change, safe in every order

| phase | objects | intents |
|---|---|---|
| 1 shift | \`VirtualService bookinfo/reviews updated\` | \`service reviews: {stable: v2}\` |
`);
  });

  it('writes the first phase, and then the next, until the intents say what they said', async () => {
    const folder = await repository(before);
    commit(folder);
    put(folder, file, after.replace('stable: v1', 'stable: v1      # since May'));
    expect(await run(folder, 'plan', '--write')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`wrote ${file}`) });
    expect(filesOf(folder)[file]).toBe(
      'service: reviews\nport: 9080\nversions: [v1, v2, v3]\nstable: v1      # since May\nnext: {canary: {version: v3, percent: 10}}\n',
    );
    expect((await run(folder, 'render')).code).toBe(0);
    const second = await run(folder, 'plan', '--write');
    expect([second.code, second.stdout.split('\n')[0]]).toEqual([0, 'prod: 1 object to change, safe in every order']);
    expect(filesOf(folder)[file]).toBe(
      'service: reviews\nport: 9080\nversions: [v1, v2, v3]\nstable: v1      # since May\ncanary: {version: v3, percent: 10}\n',
    );
    expect((await run(folder, 'render')).code).toBe(0);
    expect((await run(folder, 'plan', '--write')).stdout).toContain('nothing changes');
  });

  it('says where only the waves of Argo CD are safe, which leaves one step, and nothing for later', async () => {
    const folder = await repository(before);
    put(folder, 'mainsheet.yaml', 'phases: sync-waves\n');
    expect((await run(folder, 'render')).code).toBe(0);
    commit(folder);
    put(folder, file, after);
    const { code, stdout } = await run(folder, 'plan', '--write');
    expect([code, filesOf(folder)[file]]).toEqual([0, after]);
    expect(stdout).toMatch(
      /^prod: 2 objects to change, safe in Argo CD's sync waves, and only there\n\n {2}Applied at once, in an unlucky order:\n/,
    );
    expect(stdout).toContain(`
  shift
    DestinationRule bookinfo/reviews updated, in wave -1
    VirtualService bookinfo/reviews updated, in wave 0
    service reviews: {versions: {v3: {}}, canary: {version: v3, percent: 10}}
`);
    expect((await run(folder, 'plan', '--format', 'markdown')).stdout).toContain(
      '| 1 shift | `DestinationRule bookinfo/reviews updated, in wave -1`<br>`VirtualService bookinfo/reviews updated, in wave 0` |',
    );
    expect(JSON.parse((await run(folder, 'plan', '--format', 'json')).stdout)).toMatchObject({
      changes: [{ verdict: 'safe-in-waves', phases: [{ name: 'shift', objects: [{ wave: -1 }, { wave: 0 }] }] }],
    });
    // The way back, as one change, would take the subset away first.
    expect((await run(folder, 'render')).code).toBe(0);
    commit(folder);
    put(folder, file, before);
    expect((await run(folder, 'plan')).stdout.split('\n')[0]).toBe('prod: 2 objects to change, in 2 phases');
  });

  it('goes through three phases in three steps', async () => {
    const old = reviews('stable: v1', '{v1: {labels: {version: v1}}}');
    const now = reviews('stable: one', '{one: {labels: {version: v1}}}');
    const folder = await repository(old);
    commit(folder);
    put(folder, file, now);
    const target = folderWith({ 'environments/prod/environment.yaml': environment, [file]: now });
    expect((await run(target, 'render')).code).toBe(0);
    const steps: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const { code, stdout } = await run(folder, 'plan', '--write');
      steps.push(`${code} ${stdout.split('\n')[0]}`);
      expect((await run(folder, 'render')).code).toBe(0);
    }
    expect(steps).toEqual([
      '0 prod: 2 objects to change, in 3 phases',
      '0 prod: 2 objects to change, in 2 phases',
      '0 prod: 1 object to change, safe in every order',
      '0 prod: nothing changes',
    ]);
    const rendered = (all: Readonly<Record<string, string>>) => Object.entries(all).filter(([path]) => path.startsWith('rendered/'));
    expect(rendered(filesOf(folder))).toEqual(rendered(filesOf(target)));
  });

  it('writes nothing where a comment would be lost, and shows what to write', async () => {
    const pins = 'pins:\n  - {user: jason, version: v3}   # our tester\n';
    const folder = await repository(before);
    commit(folder);
    put(folder, file, reviews(`stable: v1\n${pins}`, '[v1, v2, v3]'));
    const kept = filesOf(folder);
    const { code, stderr } = await run(folder, 'plan', '--write');
    expect([code, stderr]).toEqual([
      4,
      `Nothing is written. Change by hand:
  service reviews: ${file} would lose the comment # our tester
    {pins: null, next: {pins: [{users: [jason], version: v3}]}}
`,
    ]);
    expect(filesOf(folder)).toEqual(kept);
  });

  it("judges anyone's manifests", async () => {
    const rule = (name: string) =>
      `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: r}\nspec: {host: reviews, subsets: [{name: ${name}}]}\n`;
    const route = (name: string) =>
      `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r}\nspec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: ${name}}}]}]}\n`;
    const folder = folderWith({ 'a/all.yaml': rule('v1') + route('v1'), 'b/all.yaml': rule('v2') + route('v2'), 'c/all.yaml': rule('v1') });
    expect((await run(folder, 'plan', '--from', 'a', '--to', 'b')).code).toBe(4);
    expect((await run(folder, 'plan', '--from', 'a', '--to', 'c')).code).toBe(0);
    expect((await run(folder, 'plan', '--from', 'nowhere', '--to', 'c')).stderr).toContain('nothing stands at "nowhere"');
  });

  it('gets away from intents that a rule finds fault with', async () => {
    const folder = folderWith({ 'environments/prod/environment.yaml': environment, [file]: reviews('stable: v1') });
    const wrong = reviews(
      'stable: v1\npatches: [{target: VirtualService, ops: [{op: replace, path: /spec/http/0/route/0/destination/subset, value: v9}]}]',
    );
    put(folder, `old/${file}`, wrong);
    put(folder, 'old/environments/prod/environment.yaml', environment);
    expect((await run(join(folder, 'old'), 'check')).code).toBe(1);
    const { code, stdout } = await run(folder, 'plan', '--from', 'old');
    expect([code, stdout]).toEqual([0, expect.stringContaining('VirtualService bookinfo/reviews updated')]);
  });

  it('says what is wrong with the intents first', async () => {
    const folder = await repository(before);
    put(folder, file, reviews('stable: v9'));
    const { code, stdout, stderr } = await run(folder, 'plan');
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('MS2001')]);
  });
});
