import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBuilt } from '../cli/built-cli.ts';
import { acting, drawnMarkdown } from '../support/drawn-markdown.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { actionFile, runStep } from './job-runner.ts';

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
const cloned = mkdtempSync(join(tmpdir(), 'mainsheet-action-'));
beforeAll(() => {
  put(rendered, intents);
  expect(runBuilt(['render'], rendered).code).toBe(0);
  cpSync(rendered, join(cloned, 'work'), { recursive: true });
  const work = join(cloned, 'work');
  git(work, 'init', '-q', '-b', 'main');
  git(work, 'add', '-A');
  git(work, 'commit', '-qm', 'begin');
  git(cloned, 'clone', '-q', '--bare', 'work', 'remote.git');
  git(work, 'remote', 'add', 'origin', '../remote.git');
  git(work, 'fetch', '-q', 'origin');
  git(work, 'branch', '-q', '--set-upstream-to=origin/main');
});
afterAll(() => {
  for (const folder of [rendered, cloned]) rmSync(folder, { recursive: true, force: true });
});

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

/** The same as a clone of a repository in a folder beside it, with these files besides. */
function clone(files: Readonly<Record<string, string>> = {}): string {
  const top = temporaryFolder();
  cpSync(cloned, top, { recursive: true });
  const folder = join(top, 'work');
  if (Object.keys(files).length === 0) return folder;
  put(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'more');
  git(folder, 'push', '-q', 'origin', 'main');
  return folder;
}

/** What each step tells later ones, whatever becomes of it. */
const allOutputs = Object.keys(actionFile.outputs).sort();

describe('the action', () => {
  it('shows findings where they are in the repository, counts them, and says why and what to write', () => {
    const folder = workspace('mesh');
    put(folder, { [`mesh/${reviews}`]: canary.replace('v2, percent', 'v9, percent') });
    const { code, log, commands, outputs, summary } = runStep(folder, { 'working-directory': 'mesh', environment: 'prod' });
    expect(code).toBe(1);
    expect(commands).toEqual([
      expect.stringMatching(
        new RegExp(
          `^error file=mesh/${reviews},line=5,endLine=5,col=19,endColumn=21,title=MS2001 known-version::reviews has no .*Why: .*Fix: `,
        ),
      ),
    ]);
    expect(outputs).toMatchObject({ 'exit-code': '1', result: 'invalid', errors: '1', warnings: '0', changed: 'false' });
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8')).runs[0].results).toHaveLength(1);
    expect(log).toBe(
      `mainsheet check: invalid, 1 error (exit code 1): MS2001 known-version at mesh/${reviews}:5: reviews has no version \`v9\`; it has v1 and v2\n`,
    );
    expect(summary).toBe(`## mainsheet check: invalid, 1 error

### [\`MS2001\`](https://github.com/bookinfo/mainsheet/blob/v0.1.0/docs/diagnostics/MS2001.md) known-version

- **error** \`mesh/${reviews}:5:19\` reviews has no version \`v9\`; it has v1 and v2

**Why:** A route to a subset that no DestinationRule declares answers every request with 503.

**Instead:** Name a version that stands under \`versions:\`, or add this one there.

To see it on your machine:

\`\`\`sh
mainsheet check --env=prod --root=mesh
\`\`\`

`);
  });

  it('is green and says so where there is nothing to find', () => {
    const { code, log, commands, outputs, summary } = runStep(workspace());
    expect({ code, log, commands }).toEqual({ code: 0, log: 'mainsheet check: nothing found\n', commands: [] });
    expect(outputs).toEqual({
      ...{ 'exit-code': '0', result: 'done', errors: '0', warnings: '0', report: expect.stringMatching(/\.sarif$/) },
      ...{ changed: 'false', 'pull-requests': '[]', 'pull-request-urls': '' },
    });
    expect(summary).toBe('## mainsheet check: nothing found\n\n');
  });

  it('compares a pull request with its base branch, and does not fail for a difference', () => {
    const folder = clone();
    const pull = { ...identity, GITHUB_BASE_REF: 'main' };
    expect(runStep(folder, { command: 'diff' }, pull)).toMatchObject({ code: 0, outputs: { changed: 'false', result: 'done' } });
    git(folder, 'checkout', '-q', '-b', 'topic');
    put(folder, { [reviews]: canary });
    const { code, outputs, summary } = runStep(folder, { command: 'diff', environment: 'prod', rerender: 'true' }, pull);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ 'exit-code': '2', result: 'different', changed: 'true', errors: '0' });
    expect(summary).toContain('10 %');
    expect(summary).toContain('\nmainsheet diff --env=prod --base=main --rerender\n');
    expect(summary).toContain(readFileSync(outputs.report ?? '', 'utf8').trim());
  });

  it('fails where what is rendered is not what its intents say, and renders it', () => {
    const folder = workspace();
    put(folder, { [reviews]: canary });
    const { code, commands, outputs, summary } = runStep(folder, { command: 'render --check' });
    expect(code).toBe(2);
    expect(outputs).toMatchObject({ result: 'different', changed: 'true', errors: '1' });
    expect(commands).toEqual([expect.stringContaining('rendered/prod/service/reviews.yaml: out of date%0ARun `mainsheet render`')]);
    expect(summary).toContain('## mainsheet render --check: different, 1 error\n');
    const render = () => runStep(folder, { command: 'render' });
    expect(render()).toMatchObject({ code: 0, outputs: { changed: 'true' }, summary: expect.stringContaining('prod  2 files, 1 written') });
    expect(render()).toMatchObject({ code: 0, outputs: { changed: 'false' } });
  });

  it('proposes, says which pull requests there are, and has changed nothing when it runs again', () => {
    const folder = clone();
    put(folder, { [reviews]: canary });
    const step = (more = {}) =>
      runStep(folder, { command: 'propose', token: 'not-a-real-token', arguments: '--label=mesh\n--draft', ...more }, identity);
    expect(step({ 'dry-run': 'true' })).toMatchObject({ code: 0, outputs: { changed: 'false' } });
    const first = step();
    expect(first).toMatchObject({ code: 0, outputs: { changed: 'true', result: 'done' } });
    expect(JSON.parse(first.outputs['pull-requests'] ?? '')).toMatchObject([
      { branch: 'mainsheet/prod/reviews', title: 'prod: reviews v2 gets 10 %', outcome: 'created', number: 1 },
    ]);
    expect(first.outputs['pull-request-urls']).toMatch(/pull-requests\/1\.md$/);
    expect(first.summary).toContain('## mainsheet propose: 1 pull request\n');
    expect(first.summary).toContain('| prod: reviews v2 gets 10 % | created |');
    expect(Object.keys(first.outputs).sort()).toEqual(allOutputs);
    expect(first.log + first.summary + JSON.stringify(first.outputs)).not.toContain('not-a-real-token');
    expect(step()).toMatchObject({ code: 0, outputs: { changed: 'false' } });
  });

  it('advances all rollouts unless one is named, and tells of each what comes of it', () => {
    const folder = clone({ [reviews]: `${canary}rollout: {steps: [10, 50], soak: 1h, assumeReady: true}\n` });
    const { code, outputs, summary } = runStep(folder, { command: 'rollout advance' }, identity);
    expect({ code, changed: outputs.changed, pulls: outputs['pull-requests'] }).toEqual({ code: 0, changed: 'false', pulls: '[]' });
    expect(summary).toContain('## mainsheet rollout advance: 1 rollout waits\n');
    expect(summary).toMatch(
      /^\| prod\/reviews \| v1 → v2 \| 10 % \| waits \| merged, but .*: run `mainsheet render` or `mainsheet propose` \|$/m,
    );
    const one = runStep(folder, { command: 'rollout advance', rollout: 'ratings', environment: 'prod' }, identity);
    expect(one).toMatchObject({
      code: 1,
      outputs: { errors: '1' },
      commands: ['error title=mainsheet rollout advance::no rollout "ratings" is on the way'],
    });
    expect(runStep(folder, { command: 'rollout status' }, identity).summary).toContain('| prod/reviews | v1 → v2 |');
    const back = runStep(folder, { command: 'rollout rollback', rollout: 'reviews', environment: 'prod', 'dry-run': 'true' }, identity);
    expect(back).toMatchObject({
      code: 0,
      outputs: { changed: 'false' },
      summary: expect.stringContaining('| prod: reviews without its canary v2 | would be created |'),
    });
  });

  it('publishes, and says what became of the branch', () => {
    const folder = clone({ 'mainsheet.yaml': 'rendered: {branch: rendered}\n' });
    const step = () => runStep(folder, { command: 'publish', token: 'not-a-real-token' }, identity);
    const first = step();
    expect(first).toMatchObject({ code: 0, outputs: { changed: 'true', result: 'done', report: expect.stringMatching(/\.json$/) } });
    expect(first.summary).toMatch(/^## mainsheet publish: 1 branch published$/m);
    expect(first.summary).toMatch(/^\| `rendered` \| prod \| published \| 2 \| `[0-9a-f]{12}` \|$/m);
    expect(step()).toMatchObject({ code: 0, outputs: { changed: 'false' }, log: expect.stringContaining('nothing to publish') });
  });
});

interface Failing {
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** What its annotation begins with. */
  readonly place?: string;
  /** What its summary says besides. */
  readonly hint?: string;
}

describe('a step of the action that fails', () => {
  const output = 'rendered/prod/service/reviews.yaml';
  const broken = { [reviews]: 'service: reviews\nport: [9080\n' };
  const author = { ...identity, CI: '', GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '' };
  const place = `file=${reviews},line=2,endLine=2,col=7,endColumn=12,title=`;
  it.each<[string, Parameters<typeof runStep>[1], number, string, Failing?]>([
    ['diff of YAML that is none', { command: 'diff', base: 'main' }, 1, 'MS1001 yaml-syntax', { files: broken, place }],
    ['plan of the same', { command: 'plan' }, 1, 'MS1001 yaml-syntax', { files: broken, place }],
    ['propose of the same', { command: 'propose' }, 1, 'MS1001 yaml-syntax', { files: broken, place }],
    [
      'propose with nobody to commit as',
      { command: 'propose' },
      3,
      'MS8049 author-known',
      { files: { [reviews]: canary }, variables: author },
    ],
    ['an unknown environment', { command: 'render', environment: 'prud' }, 1, 'no environment "prud"'],
    ['a rollback of nothing', { command: 'rollout rollback' }, 1, 'the service or train that goes back'],
    ['a flag that there is not', { command: 'check', arguments: '--nope' }, 1, 'No flag registered for --nope'],
    ['a render that is refused', { command: 'render' }, 4, 'MS8003 no-hand-edit', { files: { [output]: '# mainsheet sha256:0\n' } }],
    ['no commit to compare with', { command: 'diff', base: 'gone' }, 1, 'MS8061 known-commit', { hint: '`fetch-depth: 0`' }],
    ['publish where nothing is to be', { command: 'publish' }, 1, 'rendered files stand beside the intents'],
    ['a command that there is not', { command: 'fly' }, 1, 'is one of check, test'],
    ['a folder elsewhere', { 'working-directory': '../../../../etc' }, 1, 'leads out of the workspace'],
    ['a version that is not installed', { version: 'installed' }, 1, 'is not installed'],
  ])('%s', (_, inputs, code, words, { files = {}, variables = identity, place = 'title=', hint = '' } = {}) => {
    const folder = clone();
    put(folder, files);
    const step = runStep(folder, inputs, variables);
    expect(step.code).toBe(code);
    expect(step.commands).toEqual([expect.stringContaining(words)]);
    expect(step.commands[0]).toContain(`error ${place}`);
    expect(Object.keys(step.outputs).sort()).toEqual(allOutputs);
    expect(step.outputs).toMatchObject({ 'exit-code': String(code), errors: '1', changed: 'false', 'pull-requests': '[]' });
    const last = step.log.trimEnd().split('\n').at(-1);
    expect(last).toMatch(new RegExp(`^mainsheet.*, 1 error \\(exit code ${code}\\): `));
    expect(last).toContain(words);
    const [named = '', name = ''] = words.startsWith('MS') ? words.split(' ') : [words];
    expect(step.summary).toMatch(/^## mainsheet.*, 1 error\n/);
    for (const told of [named, name, hint]) expect(step.summary).toContain(told);
  });

  it('tells of a remote that cannot be reached that it is safe to run again', () => {
    const folder = clone({ 'mainsheet.yaml': 'forge: {kind: gitlab, url: "https://127.0.0.1:9"}\n' });
    git(folder, 'remote', 'set-url', 'origin', 'https://127.0.0.1:9/bookinfo/mesh.git');
    put(folder, { [reviews]: canary });
    const { code, outputs, log } = runStep(folder, { command: 'propose', token: 'not-a-real-token' }, identity);
    expect({ code, result: outputs.result, errors: outputs.errors }).toEqual({ code: 3, result: 'failed', errors: '1' });
    expect(log).toMatch(/^mainsheet propose: failed, 1 error \(exit code 3\): MS80\d\d /m);
  });

  it('tells where a link leads out of the workspace, and where nothing was checked out', () => {
    const folder = workspace();
    symlinkSync('/etc', join(folder, 'away'));
    symlinkSync(folder, join(folder, 'here'));
    expect(runStep(folder, { 'working-directory': 'away' }).commands).toEqual([expect.stringContaining('leads out of the workspace')]);
    expect(runStep(folder, { 'working-directory': 'here' }).code).toBe(0);
    expect(runStep(temporaryFolder()).commands).toEqual([expect.stringContaining('the workspace is empty')]);
  });
});

describe('texts of others', () => {
  it('are words, whatever a shell would make of them', () => {
    const folder = workspace();
    const hostile = '$(touch pwned)\n`touch pwned`\n; touch pwned\n| touch pwned\n--env=prod && touch pwned';
    const runs = [
      { environment: hostile },
      { arguments: hostile },
      { 'working-directory': hostile },
      { command: 'diff', base: hostile },
      { command: hostile },
      { command: 'rollout rollback', rollout: hostile },
      { version: hostile },
      { arguments: '::warning::not ours\n::set-output name=changed::true' },
    ].map((inputs) => runStep(folder, inputs));
    expect(runs.map(({ code }) => code)).not.toContain(0);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['environments', 'rendered']);
    for (const { commands, outputs } of runs) {
      expect(commands.filter((command) => !command.startsWith('error title=mainsheet'))).toEqual([]);
      expect(outputs.changed).toBe('false');
    }
  });

  it('are neither commands, outputs nor Markdown', () => {
    const folder = workspace();
    const evil =
      '::set-output name=changed::true\n::error::ours %0A::warning::x ##[error]y\nend-1\nchanged<<e\ntrue\ne\n' +
      '](https://evil.example.com) ![x](https://evil.example.com/x) <img src=x> </details> | @jason #1 `code` ``` https://evil.example.com';
    const key = JSON.stringify(evil);
    put(folder, {
      [reviews]: `service: reviews\nport: 9080\nversions: [v1, ${key}]\nstable: ${key}\n${key}: 1\n`,
      'environments/prod/a|b ::error::`x` [y](https:) <b>.yaml': `service: ${key}\nport: ${key}\n`,
    });
    for (const inputs of [
      {},
      { command: 'diff', arguments: evil.split('\n')[0] ?? '' },
      { command: 'render', environment: evil },
      { command: 'diff' },
    ]) {
      const { code, commands, outputs, summary } = runStep(folder, inputs);
      expect(code).toBe(1);
      expect(commands.length).toBe(Number(outputs.errors));
      expect(commands.filter((command) => !/^error (file=[^:]*,)?title=(MS\d{4} [\w-]+|mainsheet [\w-]+)::/.test(command))).toEqual([]);
      expect(Object.keys(outputs).sort()).toEqual(allOutputs);
      expect(outputs.changed).toBe('false');
      const { links, images, tags, prose } = drawnMarkdown(summary);
      expect(
        links.filter((link) => !/^https:\/\/github\.com\/bookinfo\/mainsheet\/blob\/v0\.1\.0\/docs\/diagnostics\/MS\d{4}\.md$/.test(link)),
      ).toEqual([]);
      expect([...images, ...tags.filter((tag) => !/^<\/?(details|summary|code)>$/.test(tag))]).toEqual([]);
      for (const pattern of acting) expect(prose).not.toMatch(pattern);
    }
  });
});
