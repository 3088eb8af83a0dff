import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { folderWith, runIn } from './cli-fixtures.ts';

const files = {
  'environments/base/environment.yaml': 'environment: base\nabstract: true\n',
  'environments/dev/environment.yaml': 'environment: dev\n',
  'environments/prod/environment.yaml': 'environment: prod\n',
  'environments/prod/services/reviews.yaml': 'service: reviews\n---\nexternal: httpbin-ext\n',
};

async function proposals(words: readonly string[], where: Readonly<Record<string, string>> = files): Promise<readonly string[]> {
  const { code, stdout } = await runIn(folderWith(where), ['complete', ...words]);
  expect(code).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}

test('commands, flags and their values are completed', async () => {
  expect(await proposals(['re'])).toEqual(['render']);
  expect(await proposals(['render', '--ch'])).toEqual(['--check']);
  expect(await proposals(['render', '--diagnostics', 'gi'])).toEqual(['github', 'gitlab']);
  expect(await proposals(['completion', 'z'])).toEqual(['zsh']);
  expect(await proposals(['schema', 'ser'])).toEqual(['service']);
});

test('environments and intents are those of the folder', async () => {
  expect(await proposals(['render', '--env', ''])).toEqual(['dev', 'prod']);
  expect(await proposals(['render', '--env', 'p'])).toEqual(['prod']);
  expect(await proposals(['explain', ''])).toEqual(expect.arrayContaining(['httpbin-ext', 'reviews']));
  expect(await proposals(['explain', '--env', 'prod', 'rev'])).toEqual(['reviews']);
  expect(await proposals(['render', '--env', ''], { 'mainsheet.yaml': 'environments: envs\n', 'envs/qa/environment.yaml': '' })).toEqual([
    'qa',
  ]);
});

test('where there is nothing to propose, nothing is printed', async () => {
  expect(await proposals([])).toEqual([]);
  expect(await proposals(['nope', ''])).toEqual([]);
  expect(await proposals(['render', '--env', ''], {})).toEqual([]);
});

test('briefs can be had after a tab', async () => {
  const { stdout } = await runIn(folderWith(files), ['complete', '--with-briefs', 'ren']);
  expect(stdout).toMatch(/^render\tTurn the intents .*\n$/);
});

test.each(['bash', 'zsh', 'fish'])('the %s script asks mainsheet itself', async (shell) => {
  const { code, stdout } = await runIn(folderWith({}), ['completion', shell]);
  expect(code).toBe(0);
  expect(stdout).toContain('mainsheet complete');
});

test('bash can read its script', async () => {
  const { stdout } = await runIn(folderWith({}), ['completion', 'bash']);
  expect(execFileSync('bash', ['-c', `${stdout}\ncomplete -p mainsheet`], { encoding: 'utf8' })).toContain('_mainsheet');
});

test('another shell is an honest no', async () => {
  expect(await runIn(folderWith({}), ['completion', 'tcsh'])).toMatchObject({ code: 1, stdout: '' });
});
