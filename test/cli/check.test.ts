import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnosticsFormatNames } from '../../src/report/formats.ts';
import { filesOf, folderWith, runIn } from './cli-fixtures.ts';

const clean = { 'environments/dev/environment.yaml': '', 'environments/dev/reviews.yaml': 'service: reviews\n' };
const odd = { ...clean, 'environments/dev/ratings.yaml': 'odd\n' };
const bad = { ...odd, 'environments/dev/details.yaml': 'bad\n' };

test('a clean run says what was checked', async () => {
  expect(await runIn(folderWith(clean), ['check'])).toEqual({ code: 0, stdout: 'dev: 1 manifests, nothing to report\n', stderr: '' });
});

test('warnings are shown and are no failure', async () => {
  const ran = await runIn(folderWith(odd), ['check']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^warning\[MS3998\]/);
});

test('errors are results: they go to stdout, in every format, and nothing is written', async () => {
  const folder = folderWith(bad);
  const before = filesOf(folder);
  for (const format of diagnosticsFormatNames) {
    const ran = await runIn(folder, ['check', '--format', format]);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(ran.stdout).toContain('a error of the fake');
  }
  expect(filesOf(folder)).toEqual(before);
});

test('reports for programs exist for a clean run too', async () => {
  const folder = folderWith(clean);
  expect(JSON.parse((await runIn(folder, ['check', '--format', 'json'])).stdout).diagnostics).toEqual([]);
  expect(JSON.parse((await runIn(folder, ['check', '--format', 'sarif'])).stdout).runs[0].results).toEqual([]);
  expect((await runIn(folder, ['check', '--format', 'gitlab'])).stdout).toBe('[]\n');
  expect((await runIn(folder, ['check', '--format', 'junit'])).stdout).toContain('<testcase');
  expect((await runIn(folder, ['check', '--format', 'github'])).stdout).toBe('');
});

test('dates are held against today by check alone', async () => {
  const folder = folderWith({ ...clean, 'environments/dev/ratings.yaml': 'until 2026-11-22\n' });
  expect((await runIn(folder, ['check'])).stdout).toContain('warning[MS3998]');
  expect((await runIn(folder, ['render'])).stderr).toBe('');
});

test('findings of any command, told in whatever form, are added to the file that a job names', async () => {
  const folder = folderWith(bad);
  const record = join(folder, 'findings.jsonl');
  const world = { variables: { MAINSHEET_FINDINGS: record } };
  await runIn(folder, ['check', '--format', 'sarif'], world);
  await runIn(folder, ['render'], world);
  const told = readFileSync(record, 'utf8').trimEnd().split('\n');
  expect(told).toHaveLength(2);
  for (const line of told) {
    expect(JSON.parse(line)).toMatchObject({ version: 1, summary: { errors: 1 } });
    expect(JSON.parse(line).diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'error', location: expect.objectContaining({ file: 'environments/dev/details.yaml' }) }),
    );
  }
});

test('a file of findings that cannot be written is a failure of the machine', async () => {
  const { code, stderr } = await runIn(folderWith(bad), ['check'], { variables: { MAINSHEET_FINDINGS: '/dev/null/gone' } });
  expect([code, stderr]).toEqual([3, expect.stringContaining('error: the system refused')]);
});
