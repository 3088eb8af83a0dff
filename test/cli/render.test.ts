import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMark } from '../../src/repo/mark.ts';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';

const twoEnvironments = {
  'environments/dev/environment.yaml': 'environment: dev\n',
  'environments/dev/reviews.yaml': 'service: reviews\n',
  'environments/prod/environment.yaml': 'environment: prod\n',
  'environments/prod/reviews.yaml': 'service: reviews\nport: 9080\n',
  'environments/prod/ratings.yaml': 'service: ratings\n',
};

test('writes every environment, says so in a line each, and running twice changes nothing', async () => {
  const folder = folderWith(twoEnvironments);
  expect(await runIn(folder, ['render'])).toEqual({ code: 0, stdout: 'dev   2 files, 2 written\nprod  3 files, 3 written\n', stderr: '' });
  const first = filesOf(folder);
  expect(Object.keys(first).filter((path) => path.startsWith('rendered/'))).toEqual([
    'rendered/dev/kustomization.yaml',
    'rendered/dev/service/reviews.yaml',
    'rendered/prod/kustomization.yaml',
    'rendered/prod/service/ratings.yaml',
    'rendered/prod/service/reviews.yaml',
  ]);
  expect(await runIn(folder, ['render'])).toMatchObject({ code: 0, stdout: 'dev   2 files, up to date\nprod  3 files, up to date\n' });
  expect(filesOf(folder)).toEqual(first);
});

test('--env renders only what it names, in any spelling of several', async () => {
  for (const flags of [
    ['--env', 'dev', '--env', 'prod'],
    ['--env', 'prod,dev'],
    ['-e', 'dev', '-e', 'prod'],
  ]) {
    const folder = folderWith(twoEnvironments);
    expect((await runIn(folder, ['render', ...flags])).stdout).toMatch(/^dev .*\nprod .*\n$/);
  }
  const folder = folderWith(twoEnvironments);
  expect(await runIn(folder, ['render', '--env', 'dev'])).toMatchObject({ code: 0, stdout: 'dev  2 files, 2 written\n' });
  expect(existsSync(join(folder, 'rendered/prod'))).toBe(false);
});

test('an unknown environment is named with what there is', async () => {
  const ran = await runIn(folderWith(twoEnvironments), ['render', '--env', 'prd']);
  expect(ran).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: no environment "prd": there are dev and prod\n  help: did you mean `prod`?\n',
  });
});

test('an error in one environment means that nothing at all is written', async () => {
  const folder = folderWith({ ...twoEnvironments, 'environments/prod/reviews.yaml': 'service: reviews\nbad\n' });
  const ran = await runIn(folder, ['render']);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('error[MS3999] no-bad-word: a error of the fake\n --> environments/prod/reviews.yaml:2:1\n');
  expect(ran.stderr).toMatch(/\n1 error\n$/);
  expect(existsSync(join(folder, 'rendered'))).toBe(false);
});

test('warnings go to stderr and stop nothing', async () => {
  const folder = folderWith({ ...twoEnvironments, 'environments/prod/reviews.yaml': 'odd\n' });
  const ran = await runIn(folder, ['render', '--diagnostics', 'github']);
  expect(ran).toMatchObject({ code: 0, stdout: 'dev   2 files, 2 written\nprod  3 files, 3 written\n' });
  expect(ran.stderr).toMatch(/^::warning file=environments\/prod\/reviews.yaml,line=1,/);
});

test('a hand edit anywhere refuses everything, until it is allowed', async () => {
  const folder = folderWith(twoEnvironments);
  await runIn(folder, ['render']);
  put(folder, 'environments/dev/reviews.yaml', 'service: reviews\ntimeout: 5s\n');
  put(folder, 'rendered/prod/service/ratings.yaml', `${filesOf(folder)['rendered/prod/service/ratings.yaml']}edited: true\n`);
  const before = filesOf(folder);
  const ran = await runIn(folder, ['render']);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('rendered/prod/service/ratings.yaml');
  expect(filesOf(folder)).toEqual(before);
  expect(await runIn(folder, ['render', '--overwrite-edited'])).toMatchObject({
    code: 0,
    stdout: 'dev   2 files, 1 written\nprod  3 files, 1 written\n',
  });
});

test('removing much needs to be said', async () => {
  const folder = folderWith({ ...twoEnvironments, 'environments/prod/ratings.yaml': '' });
  await runIn(folder, ['render']);
  const fewer = folderWith({ ...twoEnvironments, ...filesOf(folder), 'environments/dev/reviews.yaml': 'x: 1\n' });
  expect((await runIn(fewer, ['render', '--env', 'dev'])).code).toBe(0);
  const empty = folderWith({ 'environments/prod/environment.yaml': '', ...renderedOf(filesOf(folder)) });
  expect((await runIn(empty, ['render', '--env', 'prod'])).code).toBe(4);
  expect(await runIn(empty, ['render', '--env', 'prod', '--allow-prune'])).toMatchObject({
    code: 0,
    stdout: 'prod  1 file, 1 written, 2 removed\n',
  });
});

test('what an environment left that no longer exists is refused, then removed when allowed', async () => {
  const folder = folderWith(twoEnvironments);
  await runIn(folder, ['render']);
  const { 'environments/dev/environment.yaml': _a, 'environments/dev/reviews.yaml': _b, ...prodOnly } = filesOf(folder);
  const without = folderWith({ ...prodOnly, 'rendered/notes/README.md': 'not ours\n' });
  expect((await runIn(without, ['render'])).code).toBe(4);
  expect((await runIn(without, ['render', '--check'])).code).toBe(2);
  expect(await runIn(without, ['render', '--env', 'prod'])).toMatchObject({ code: 0, stdout: 'prod  3 files, up to date\n' });
  expect(await runIn(without, ['render', '--allow-prune'])).toMatchObject({
    code: 0,
    stdout: 'prod  3 files, up to date\ndev   0 files, 2 removed\n',
  });
  expect(Object.keys(renderedOf(filesOf(without)))).toEqual([
    'rendered/notes/README.md',
    'rendered/prod/kustomization.yaml',
    'rendered/prod/service/ratings.yaml',
    'rendered/prod/service/reviews.yaml',
  ]);
});

test('--check writes nothing and tells each difference', async () => {
  const folder = folderWith(twoEnvironments);
  await runIn(folder, ['render']);
  expect(await runIn(folder, ['render', '--check'])).toEqual({
    code: 0,
    stdout: 'dev   2 files, up to date\nprod  3 files, up to date\n',
    stderr: '',
  });
  put(folder, 'environments/dev/reviews.yaml', 'service: reviews\ntimeout: 5s\n');
  put(folder, 'environments/prod/details.yaml', 'service: details\n');
  put(folder, 'rendered/prod/service/ratings.yaml', `${filesOf(folder)['rendered/prod/service/ratings.yaml']}edited: true\n`);
  const before = filesOf(folder);
  expect(await runIn(folder, ['render', '--check'])).toEqual({
    code: 2,
    stdout: `dev   2 files, out of date
prod  4 files, out of date
  rendered/dev/service/reviews.yaml: out of date
  rendered/prod/service/details.yaml: missing
  rendered/prod/kustomization.yaml: out of date
  rendered/prod/service/ratings.yaml: edited by hand
Run \`mainsheet render\`: it says what it must be told before it replaces or removes these files.
`,
    stderr: '',
  });
  expect(filesOf(folder)).toEqual(before);
});

test('--check advises a plain render where one would do', async () => {
  const folder = folderWith(twoEnvironments);
  await runIn(folder, ['render']);
  put(folder, 'environments/dev/reviews.yaml', 'service: reviews\nport: 9080\n');
  expect((await runIn(folder, ['render', '--check'])).stdout).toMatch(/\nRun `mainsheet render` and commit what it writes\.\n$/);
});

test('--out writes below another folder, and makes it', async () => {
  const folder = folderWith(twoEnvironments);
  const line = ['render', '--env', 'dev', '--out', 'preview/now'];
  expect((await runIn(folder, [...line, '--check'])).code).toBe(2);
  expect(existsSync(join(folder, 'preview'))).toBe(false);
  expect((await runIn(folder, line)).code).toBe(0);
  expect((await runIn(folder, [...line, '--check'])).code).toBe(0);
  expect(existsSync(join(folder, 'preview/now/dev/service/reviews.yaml'))).toBe(true);
  expect(existsSync(join(folder, 'rendered'))).toBe(false);
});

test('--stdout prints documents only, of one environment', async () => {
  const folder = folderWith(twoEnvironments);
  const ran = await runIn(folder, ['render', '--stdout', '--env', 'prod']);
  expect(ran).toEqual({
    code: 0,
    stdout: '---\nkind: VirtualService\nservice: ratings\n---\nkind: VirtualService\nservice: reviews\nport: 9080\n',
    stderr: '',
  });
  const json = await runIn(folder, ['render', '--stdout', '--env', 'dev', '--format', 'json']);
  expect(JSON.parse(json.stdout)).toEqual({
    apiVersion: 'v1',
    kind: 'List',
    items: [{ kind: 'VirtualService', metadata: { name: 'reviews' } }],
  });
  expect(await runIn(folder, ['render', '--stdout'])).toMatchObject({ code: 1, stdout: '' });
  expect(existsSync(join(folder, 'rendered'))).toBe(false);
});

test.each([
  [['--format', 'json'], 'json needs --stdout'],
  [['--stdout', '--check'], 'does not go with --check'],
  [['--stdout', '--out', 'x'], 'does not go with --out'],
])('contradictory flags %j are refused with a reason', async (flags, reason) => {
  const ran = await runIn(folderWith(twoEnvironments), ['render', ...flags]);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(reason);
});

test('the root is the nearest folder upwards with inputs, or the one that is named', async () => {
  const folder = folderWith(Object.fromEntries(Object.entries(twoEnvironments).map(([path, text]) => [`mesh/${path}`, text])));
  expect((await runIn(join(folder, 'mesh/environments/dev'), ['render', '--env', 'dev'])).code).toBe(0);
  expect(existsSync(join(folder, 'mesh/rendered/dev'))).toBe(true);
  put(folder, 'mesh/environments/dev/reviews.yaml', 'bad\n');
  const ran = await runIn(folder, ['render', '--root', 'mesh']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('--> mesh/environments/dev/reviews.yaml:1:1');
});

test('every written file carries its mark', async () => {
  const folder = folderWith(twoEnvironments);
  await runIn(folder, ['render']);
  for (const text of Object.values(renderedOf(filesOf(folder)))) expect(readMark(text)).toBe('intact');
});

test('a symbolic link among the inputs is refused for safety', async () => {
  const { symlinkSync } = await import('node:fs');
  const folder = folderWith(twoEnvironments);
  symlinkSync('/etc/passwd', join(folder, 'environments/prod/leak.yaml'));
  const ran = await runIn(folder, ['render']);
  expect(ran).toMatchObject({ code: 4, stdout: '' });
  expect(ran.stderr).not.toContain('root:');
});

function renderedOf(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('rendered/')));
}
