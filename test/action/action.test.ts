import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBuilt } from '../cli/built-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runStep } from './job-runner.ts';

const reviews = 'environments/prod/reviews.yaml';
const intents = {
  'environments/prod/environment.yaml': 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n',
  [reviews]: 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n',
};
const canary = `${intents[reviews]}canary: {version: v2, percent: 10}\n`;
const identity = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'jason',
  GIT_AUTHOR_EMAIL: 'jason@bookinfo.example.com',
};

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const rendered = mkdtempSync(join(tmpdir(), 'mainsheet-action-'));
beforeAll(() => {
  put(rendered, intents);
  expect(runBuilt(['render'], rendered).code).toBe(0);
});
afterAll(() => rmSync(rendered, { recursive: true, force: true }));

/** A checkout with intents in `below`, rendered. */
function workspace(below = '.'): string {
  const folder = temporaryFolder();
  cpSync(rendered, join(folder, below), { recursive: true });
  return folder;
}

function git(folder: string, ...words: readonly string[]): void {
  const committer = { GIT_COMMITTER_NAME: 'jason', GIT_COMMITTER_EMAIL: 'jason@bookinfo.example.com' };
  execFileSync('git', [...words], { cwd: folder, env: { PATH: process.env.PATH ?? '', ...identity, ...committer }, stdio: 'pipe' });
}

/** The same as a clone of a repository in a folder beside it. */
function clone(): string {
  const folder = workspace();
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'begin');
  const top = temporaryFolder();
  git(top, 'clone', '-q', '--bare', folder, 'remote.git');
  git(top, 'clone', '-q', 'remote.git', 'work');
  return join(top, 'work');
}

describe('the action', () => {
  it('shows findings where they are in the repository, and counts them', () => {
    const folder = workspace('mesh');
    put(folder, { [`mesh/${reviews}`]: canary.replace('v2, percent', 'v9, percent') });
    const { code, log, outputs, summary } = runStep(folder, { 'working-directory': 'mesh' });
    expect(code).toBe(1);
    expect(log).toMatch(new RegExp(`^::error file=mesh/${reviews},line=5,.*title=MS2001 known-version::`, 'm'));
    expect(outputs).toMatchObject({ 'exit-code': '1', result: 'invalid', errors: '1', warnings: '0' });
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8')).runs[0].results).toHaveLength(1);
    expect(summary).toContain('### mainsheet check: 1 error');
    expect(summary).toContain(`| error | \`MS2001\` reviews has no version \\\`v9\\\`; it has v1 and v2 | \`mesh/${reviews}:5\` |`);
  });

  it('is green and says so where there is nothing to find', () => {
    const { code, log, outputs, summary } = runStep(workspace());
    expect({ code, log }).toEqual({ code: 0, log: '' });
    expect(outputs).toEqual({ 'exit-code': '0', result: 'done', errors: '0', warnings: '0', report: expect.stringMatching(/\.sarif$/) });
    expect(summary).toBe('### mainsheet check: nothing found\n\n');
  });

  it('compares a pull request with its base branch, and does not fail for a difference', () => {
    const folder = clone();
    const pull = { ...identity, GITHUB_BASE_REF: 'main' };
    expect(runStep(folder, { command: 'diff' }, pull)).toMatchObject({ code: 0, outputs: { changed: 'false', result: 'done' } });
    git(folder, 'checkout', '-q', '-b', 'topic');
    put(folder, { [reviews]: canary });
    const { code, outputs, summary } = runStep(folder, { command: 'diff', environment: 'prod' }, pull);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ 'exit-code': '2', result: 'different', changed: 'true' });
    expect(summary).toContain('10 %');
    expect(readFileSync(outputs.report ?? '', 'utf8')).toBe(summary.slice(0, -1));
  });

  it('fails where what is rendered is not what its intents say', () => {
    const folder = workspace();
    put(folder, { [reviews]: canary });
    const { code, log, outputs, summary } = runStep(folder, { command: 'render --check' });
    expect(code).toBe(2);
    expect(outputs).toMatchObject({ result: 'different', changed: 'true' });
    expect(log).toContain('rendered/prod');
    expect(summary).toContain('### mainsheet render --check: different\n\n```text\n');
  });

  it('proposes, says which pull requests there are, and has changed nothing when it runs again', () => {
    const folder = clone();
    put(folder, { [reviews]: canary });
    const step = () => runStep(folder, { command: 'propose', token: 'not-a-real-token', arguments: '--label=mesh\n--draft' }, identity);
    const first = step();
    expect(first).toMatchObject({ code: 0, outputs: { changed: 'true', result: 'done' } });
    expect(JSON.parse(first.outputs['pull-requests'] ?? '')).toMatchObject([
      { branch: 'mainsheet/prod/reviews', title: 'prod: reviews v2 gets 10 %', outcome: 'created', number: 1 },
    ]);
    expect(first.outputs['pull-request-urls']).toMatch(/pull-requests\/1\.md$/);
    expect(first.summary).toContain('| prod: reviews v2 gets 10 % | created |');
    expect(Object.keys(first.outputs).sort()).toEqual(['changed', 'exit-code', 'pull-request-urls', 'pull-requests', 'report', 'result']);
    expect(first.log + first.summary + JSON.stringify(first.outputs)).not.toContain('not-a-real-token');
    expect(step()).toMatchObject({ code: 0, outputs: { changed: 'false' } });
  });

  it('takes inputs for words, whatever a shell would make of them', () => {
    const folder = workspace();
    const hostile = '$(touch pwned)\n`touch pwned`\n; touch pwned\n| touch pwned\n--env=prod && touch pwned';
    const runs = [
      { environment: hostile },
      { arguments: hostile },
      { 'working-directory': hostile },
      { command: 'diff', base: hostile },
      { command: hostile },
      { version: hostile },
      { arguments: '::warning::not ours\n::set-output name=changed::true' },
    ].map((inputs) => runStep(folder, inputs));
    expect(runs.map(({ code }) => code)).not.toContain(0);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['environments', 'rendered']);
    for (const { log } of runs)
      expect(log.split('\n').filter((line) => /^\s*::/.test(line) && !line.startsWith('::error title=Mainsheet::'))).toEqual([]);
  });
});
