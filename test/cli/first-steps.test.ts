import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { catalog } from '../../src/catalog.ts';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { createCompiler } from '../../src/pipeline.ts';
import { runBuilt } from './built-cli.ts';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';

const world = { compiler: async () => createCompiler };

test('what init writes renders without a finding, and every command can speak of it', async () => {
  const folder = folderWith({});
  expect((await runIn(folder, ['init'], world)).code).toBe(0);
  expect(await runIn(folder, ['check'], world)).toEqual({
    code: 0,
    stdout: 'dev: 2 manifests, nothing to report\nprod: 2 manifests, nothing to report\n',
    stderr: '',
  });
  expect(await runIn(folder, ['render'], world)).toMatchObject({ code: 0, stderr: '' });
  expect(await runIn(folder, ['render', '--check'], world)).toMatchObject({ code: 0 });
  const { stdout } = await runIn(folder, ['list', '--env', 'prod'], world);
  expect(stdout).toBe(
    'prod\n  service reviews  environments/prod/services/reviews.yaml  DestinationRule bookinfo/reviews, VirtualService bookinfo/reviews\n',
  );
});

test('the cache changes nothing but the time', async () => {
  const folder = folderWith({});
  const cached = { ...world, variables: { XDG_CACHE_HOME: `${folder}/cache` } };
  await runIn(folder, ['init'], world);
  const print = ['render', '--stdout', '--env', 'prod'];
  const cold = await runIn(folder, print, cached);
  expect(Object.keys(filesOf(folder)).some((path) => path.startsWith('cache/mainsheet/'))).toBe(true);
  expect(await runIn(folder, print, cached)).toEqual(cold);
  expect(await runIn(folder, [...print, '--no-cache'], cached)).toEqual(cold);
});

test('what is known to be sound is not judged again on the same day, by any command, and a day later it is', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  const compiled: (string | undefined)[] = [];
  const counting: CliContext['compiler'] = async () => (tree, options) => {
    const compiler = createCompiler(tree, options);
    const compile = (name: string) => {
      compiled.push(options.until ?? 'files');
      return compiler.compile(name);
    };
    return { ...compiler, compile };
  };
  const at = (today: string) => ({ compiler: counting, today: () => today, variables: { XDG_CACHE_HOME: `${folder}/cache` } });
  const intent = 'environments/prod/services/reviews.yaml';
  put(folder, intent, `${readFileSync(`${folder}/${intent}`, 'utf8')}pins: [{user: jason, version: v1, until: 2026-11-24}]\n`);
  const told = async (line: readonly string[], today: string) => {
    compiled.length = 0;
    const cached = await runIn(folder, [...line, '--env', 'prod'], at(today));
    const work = [...compiled];
    expect(await runIn(folder, [...line, '--env', 'prod', '--no-cache'], at(today))).toEqual(cached);
    return { work, told: cached.stdout };
  };
  const [first, second, later] = [
    await told(['check'], '2026-11-23'),
    await told(['check'], '2026-11-23'),
    await told(['check'], '2026-11-25'),
  ];
  expect([first.work, second.work, later.work]).toEqual([['files'], [], ['files']]);
  expect([first.told.includes('MS3001'), later.told.includes('MS3001')]).toEqual([false, true]);
  expect((await told(['diff'], '2026-11-23')).work).toEqual(['folders']);
  expect((await told(['render', '--check'], '2026-11-23')).work).toEqual([]);
});

test('explain leads a value back to its words', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  for (const spelling of ['reviews', 'service/reviews']) {
    const { code, stdout } = await runIn(folder, ['explain', spelling, '--env', 'prod'], world);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^service reviews in prod\n/);
    expect(stdout).toMatch(/canary\.percent: 10 +environments\/prod\/services\/reviews\.yaml:3\n/);
    expect(stdout).toMatch(/timeout: 5s +environments\/prod\/services\/reviews\.yaml:4\n/);
  }
});

test('explain leads a rendered line back to its words and its template', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  await runIn(folder, ['render'], world);
  const path = 'rendered/prod/service/reviews.yaml';
  const lines = filesOf(folder)[path]?.split('\n') ?? [];
  const line = lines.findIndex((text) => text.includes('weight: 10')) + 1;
  const { code, stdout } = await runIn(folder, ['explain', `${path}:${line}`], world);
  expect(code).toBe(0);
  expect(stdout).toContain('object    VirtualService bookinfo/reviews\n');
  expect(stdout).toMatch(/field {5}spec\.http\[\d\]\.route\[1\]\.weight\n {2}value {5}10\n/);
  expect(stdout).toContain('from      environments/prod/services/reviews.yaml:3\n');
  expect(stdout).toContain('drawn by  templates/');
});

test.each([
  [['explain', 'reviews'], 'which environment? There are dev and prod'],
  [['explain', 'review', '--env', 'dev'], 'did you mean `reviews`?'],
  [['explain', 'rendered/prod/service/reviews.yaml'], 'which line'],
  [['explain', 'rendered/prod/service/nothing.yaml:3'], 'none of the files'],
  [['explain', 'rendered/prod/service/reviews.yaml:1'], 'the first line is the mark'],
  [['explain', 'MS9999'], 'there is no diagnostic MS9999'],
  [['explain', 'elsewhere/reviews.yaml:1'], 'no file that an environment renders to'],
])('%j is answered with what to write', async (commandLine, answer) => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  const ran = await runIn(folder, commandLine, world);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(answer);
});

test('an error names the line of the intent, whichever command meets it', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  put(folder, 'environments/prod/services/reviews.yaml', 'service: reviews\ncanary: {version: v9, percent: 10}\n');
  for (const line of [['render'], ['list']]) {
    const ran = await runIn(folder, line, world);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('--> environments/prod/services/reviews.yaml:2:');
  }
  const asJson = await runIn(folder, ['check', '--format', 'json'], world);
  expect(JSON.parse(asJson.stdout).diagnostics[0].location).toMatchObject({
    file: 'environments/prod/services/reviews.yaml',
    start: { line: 2 },
  });
});

test('the page of every code can be had anywhere', async () => {
  const folder = folderWith({});
  for (const { code, name, fix } of catalog) {
    const ran = await runIn(folder, ['explain', code.toLowerCase()], world);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain(`[${code}] ${name}`);
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(fix.replaceAll(/\s+/g, ' '));
  }
});

test('list --json is for programs', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  const { stdout } = await runIn(folder, ['list', '--json', '--env', 'prod'], world);
  const files = ['environments/base/services/reviews.yaml', 'environments/prod/services/reviews.yaml'];
  const manifests = ['DestinationRule bookinfo/reviews', 'VirtualService bookinfo/reviews'];
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    environments: [{ name: 'prod', intents: [{ kind: 'service', name: 'reviews', files, manifests }] }],
  });
});

test('a folder without environments is told how to begin', async () => {
  const ran = await runIn(folderWith({}), ['check'], world);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toMatch(/^error\[MS\d{4}\]/);
});

test('a changed number of shards is refused, then done in steps', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init'], world);
  await runIn(folder, ['render'], world);
  put(folder, 'environments/prod/environment.yaml', 'environment: prod\nextends: [base]\nshards: 4\n');
  const before = filesOf(folder);
  const refused = await runIn(folder, ['render'], world);
  expect(refused).toMatchObject({ code: 4, stdout: '' });
  expect(refused.stderr).toContain('run `mainsheet render --reshard`');
  expect(filesOf(folder)).toEqual(before);
  expect((await runIn(folder, ['render', '--check'], world)).code).toBe(2);

  const guard = await runIn(folder, ['render', '--reshard'], world);
  expect(guard).toMatchObject({ code: 0, stderr: '' });
  expect(guard.stdout).toContain('prod: from 1 to 4 shards, step 1 of 3.');
  expect(filesOf(folder)['rendered/prod/service/reviews.yaml']).toContain('Prune=false');
  expect((await runIn(folder, ['render', '--check'], world)).code).toBe(0);

  const move = await runIn(folder, ['render', '--reshard'], world);
  expect(move.stdout).toContain('step 2 of 3.');
  const moved = Object.entries(filesOf(folder)).filter(([path]) => /^rendered\/prod\/shard-\d\/service/.test(path));
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.every(([, text]) => text.includes('Prune=false'))).toBe(true);

  expect((await runIn(folder, ['render'], world)).code).toBe(0);
  expect(Object.values(filesOf(folder)).join('')).not.toContain('Prune=false');
  expect((await runIn(folder, ['render', '--check'], world)).code).toBe(0);
});

test('a folder that the system will not make ends the run, and names it', () => {
  const { code, stderr } = runBuilt(['init', '/proc/mainsheet'], tmpdir());
  expect(code).toBe(3);
  expect(stderr).toContain('/proc/mainsheet');
});

test('--out among the inputs is refused: the next run would read it', () => {
  const folder = folderWith({});
  expect(runBuilt(['init'], folder).code).toBe(0);
  for (const out of ['environments/dev', 'environments', 'templates', ''])
    expect(runBuilt(['render', '--out', out], folder), out).toMatchObject({ code: 1, stdout: '' });
  expect(runBuilt(['render', '--out', 'elsewhere'], folder).code).toBe(0);
});
