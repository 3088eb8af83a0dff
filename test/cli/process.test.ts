import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtCli, cleanEnvironment, runBuilt } from './built-cli.ts';
import { filesOf, folderWith } from './cli-fixtures.ts';

const packageVersion: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

test('the built command is executable and knows its version', () => {
  expect(statSync(builtCli()).mode & 0o111).toBe(0o111);
  expect(spawnSync(builtCli(), ['--version'], { encoding: 'utf8', env: cleanEnvironment() }).stdout).toBe(`${packageVersion}\n`);
});

test('exit codes reach the shell, results stdout and slips stderr', () => {
  const folder = folderWith({});
  expect(runBuilt(['--help'], folder)).toMatchObject({ code: 0, stderr: '' });
  expect(runBuilt(['rendre'], folder)).toMatchObject({ code: 1, stdout: '' });
  expect(runBuilt(['schema', 'service'], folder)).toMatchObject({ code: 0, stderr: '' });
});

test('colour is for terminals, or for who forces it', () => {
  const folder = folderWith({});
  expect(runBuilt(['--help'], folder).stdout).not.toContain('\u001b');
  expect(runBuilt(['--help'], folder, { FORCE_COLOR: '1' }).stdout).toContain('\u001b[');
  expect(runBuilt(['--help'], folder, { FORCE_COLOR: '0' }).stdout).not.toContain('\u001b');
});

test('a reader that leaves early is no fault, and no silent success either', () => {
  const script = `set -o pipefail; "$0" "$1" schema service | head -c 1 >/dev/null; exit \${PIPESTATUS[0]}`;
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', script, process.execPath, builtCli()], {
    encoding: 'utf8',
    env: cleanEnvironment(),
  });
  expect([stderr, status]).toEqual(['', 3]);
});

test('a folder that vanished is the machine, not the input', () => {
  const script = 'mkdir gone && cd gone && rmdir ../gone && "$0" "$1" check';
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', script, process.execPath, builtCli()], {
    cwd: folderWith({}),
    encoding: 'utf8',
    env: cleanEnvironment(),
  });
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(status).toBe(3);
});

test('what init writes is kept by a second init', () => {
  const folder = folderWith({});
  expect(runBuilt(['init', 'mesh'], folder).code).toBe(0);
  const files = filesOf(folder);
  expect(Object.keys(files)).toContain('mesh/environments/prod/services/reviews.yaml');
  const again = runBuilt(['init', 'mesh'], folder);
  expect(again.stdout).not.toContain('written');
  expect(filesOf(folder)).toEqual(files);
});

test('the library is there beside the command, with types', async () => {
  const index = builtCli().replace('mainsheet.mjs', 'index.mjs');
  expect(Object.keys(await import(index))).toEqual(expect.arrayContaining(['compile']));
  expect(readFileSync(index.replace('index.mjs', 'types/index.d.ts'), 'utf8')).toContain('compile');
});
