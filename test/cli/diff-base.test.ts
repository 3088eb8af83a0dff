import { renameSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { commitIn, type Place, place } from '../repo/git/repositories.ts';
import { runIn } from './cli-fixtures.ts';

const environment = (name: string) => `environment: ${name}\nistio: "1.29"\nnamespace: bookinfo\n`;
const reviews = (percent: number) =>
  `service: reviews\nports: {http: 9080}\nversions: {v1: {}, v2: {}}\nstable: v1\ncanary: {version: v2, percent: ${percent}}\n`;

async function mainsheet(made: Place, where: string, ...line: string[]) {
  return await runIn(made.path(where), line, { compiler: async () => createCompiler, variables: made.variables });
}

/** `main` has reviews at 10 %, rendered; the work tree, on branch `change`, says 25 %, not rendered. */
async function changed(folder = '.'): Promise<Place> {
  const made = place();
  made.git('.', 'init', '--quiet', 'work');
  made.put(`work/${folder}/environments/prod/environment.yaml`, environment('prod'));
  made.put(`work/${folder}/environments/prod/services/reviews.yaml`, reviews(10));
  expect(await mainsheet(made, `work/${folder}`, 'render')).toMatchObject({ code: 0 });
  commitIn(made, 'work', {}, 'ten');
  made.git('work', 'tag', 'v1.0');
  made.git('work', 'checkout', '--quiet', '-b', 'change');
  made.put(`work/${folder}/environments/prod/services/reviews.yaml`, reviews(25));
  return made;
}

const moved = 'everyone  v1 90 %, v2 10 %  →  v1 75 %, v2 25 %  15 % moves';

describe('diff --base', () => {
  it('compares what is rendered in a commit with the intents here, and touches nothing', async () => {
    const made = await changed();
    made.git('work', 'add', '--all');
    const state = () => [
      made.git('work', 'status', '--porcelain=v2', '--branch'),
      made.git('work', 'for-each-ref'),
      made.git('work', 'ls-files', '--stage', '--debug'),
    ];
    const before = state();
    const { code, stdout, stderr } = await mainsheet(made, 'work', 'diff', '--base', 'main', '--exit-code');
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toContain('prod: main:rendered/prod → intents\n');
    expect(stdout).toContain(moved);
    expect(stdout).toContain('by service reviews, environments/prod/services/reviews.yaml:5');
    expect(stdout).toContain('Objects: 1 updated, 1 unchanged');
    expect(state()).toEqual(before);
  });

  it('says the same in a folder below the top, a work tree, a detached HEAD, and with a tag or hash', async () => {
    const made = await changed('mesh');
    expect((await mainsheet(made, 'work/mesh', 'diff', '--base', 'v1.0')).stdout).toContain(moved);
    commitIn(made, 'work', {}, 'twenty-five');
    made.git('work', 'worktree', 'add', '--quiet', '../other', 'change~0');
    expect((await mainsheet(made, 'other/mesh/environments', 'diff', '--base', made.git('work', 'rev-parse', 'main'))).stdout).toContain(
      moved,
    );
    made.git('.', 'clone', '--quiet', '--bare', 'work', 'bare.git');
    made.git('bare.git', 'worktree', 'add', '--quiet', '../beside', 'change');
    expect((await mainsheet(made, 'beside/mesh', 'diff', '--base', 'main')).stdout).toContain(moved);
  });

  it('compiles the intents of another commit with --head, and those of the base again with --rerender', async () => {
    const made = await changed();
    commitIn(made, 'work', {}, 'twenty-five');
    made.put('work/environments/prod/services/reviews.yaml', reviews(99));
    const head = await mainsheet(made, 'work', 'diff', '--base', 'main', '--head', 'change');
    expect(head.stdout).toContain('prod: main:rendered/prod → change (intents)\n');
    expect(head.stdout).toContain(moved);
    const again = await mainsheet(made, 'work', 'diff', '--base', 'main', '--head', 'change', '--rerender');
    expect(again.stdout).toContain('prod: main (rendered again) → change (intents)\n');
    expect(again.stdout).toContain(moved);
    expect((await mainsheet(made, 'work', 'diff', '--base', 'change', '--rerender', '--head', 'main')).stdout).toContain(
      'v1 75 %, v2 25 %  →  v1 90 %, v2 10 %',
    );
  });

  it('tells lines of what is gone by the commit that has them', async () => {
    const made = await changed();
    made.put('work/environments/prod/services/reviews.yaml', reviews(10));
    made.put('work/environments/prod/services/ratings.yaml', 'service: ratings\nports: {http: 9080}\nversions: {v1: {}}\nstable: v1\n');
    commitIn(made, 'work', { 'environments/prod/services/reviews.yaml': null }, 'other');
    const { stdout } = await mainsheet(made, 'work', 'diff', '--base', 'main', '--rerender');
    expect(stdout).toContain('by service reviews, main:environments/prod/services/reviews.yaml:1');
  });

  it('finds each side’s folders by its own settings: the rendered folder may have moved', async () => {
    const made = await changed();
    made.put('work/mainsheet.yaml', 'rendered: {path: deploy/mesh}\nenvironments: envs\n');
    renameSync(made.path('work/environments'), made.path('work/envs'));
    const { stdout } = await mainsheet(made, 'work', 'diff', '--base', 'main');
    expect(stdout).toContain('prod: main:rendered/prod → intents\n');
    expect(stdout).toContain(moved);
    await mainsheet(made, 'work', 'render');
    commitIn(made, 'work', {}, 'moved');
    made.put('work/envs/prod/services/reviews.yaml', reviews(10));
    expect((await mainsheet(made, 'work', 'diff', '--base', 'HEAD')).stdout).toContain('prod: HEAD:deploy/mesh/prod → intents\n');
  });

  it('shows environments that are new or gone, and only those that are asked for', async () => {
    const made = await changed();
    renameSync(made.path('work/environments/prod'), made.path('work/environments/live'));
    made.put('work/environments/live/environment.yaml', environment('live'));
    for (const more of [[], ['--rerender']]) {
      const { stdout } = await mainsheet(made, 'work', 'diff', '--base', 'main', ...more);
      const lines = stdout.split('\n').filter((line) => /→ intents$|^Objects/.test(line));
      expect(lines.map((line) => line.replace(/: main.*/, ''))).toEqual(['live', 'Objects: 2 created', 'prod', 'Objects: 2 deleted']);
    }
    expect((await mainsheet(made, 'work', 'diff', '--base', 'main', '--env', 'prod')).stdout).not.toContain('live');
    const unknown = await mainsheet(made, 'work', 'diff', '--base', 'main', '--env', 'prdo');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('no environment "prdo": there are live and prod')]);
  });

  it('is not misled by hand edits, links and other people’s folders among what is rendered', async () => {
    const made = await changed();
    made.git('work', 'checkout', '--quiet', 'main');
    made.put('work/environments/prod/services/reviews.yaml', reviews(10));
    made.put('work/rendered/argo/app.yaml', 'kind: Application\n');
    made.put('work/rendered/notes.yaml', 'x: 1\n');
    made.git('work', 'config', 'core.symlinks', 'true');
    symlinkSync('/etc/passwd', made.path('work/rendered/prod/link.yaml'));
    commitIn(made, 'work', {}, 'odd');
    const { code, stdout } = await mainsheet(made, 'work', 'diff', '--base', 'main', '--exit-code');
    expect([code, stdout]).toEqual([0, 'prod: main:rendered/prod → intents\n\nNo request changes.\n\nObjects: 2 unchanged\n']);
  });

  it('reports what is wrong with the intents of a commit by its name', async () => {
    const made = await changed();
    commitIn(made, 'work', { 'environments/prod/services/reviews.yaml': 'service: reviews\ntimeot: 5s\n' }, 'broken');
    made.put('work/environments/prod/services/reviews.yaml', reviews(25));
    const { code, stderr } = await mainsheet(made, 'work', 'diff', '--base', 'HEAD', '--rerender');
    expect([code, stderr]).toEqual([1, expect.stringContaining(' --> HEAD:environments/prod/services/reviews.yaml:2:1')]);
    expect((await mainsheet(made, 'work', 'diff', '--base', 'HEAD')).stdout).toContain(moved);
  });

  it('does not take what a sparse checkout left out for deleted', async () => {
    const made = await changed();
    commitIn(made, 'work', { 'site/a': '' }, 'twenty-five');
    made.git('work', 'sparse-checkout', 'set', 'environments/prod/services');
    expect((await mainsheet(made, 'work', 'diff', '--base', 'main')).code).toBe(0);
    made.git('work', 'sparse-checkout', 'set', '--no-cone', '/environments/prod/environment.yaml');
    const { code, stderr } = await mainsheet(made, 'work', 'diff', '--base', 'main');
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('error[MS8053] inputs-checked-out: environments/prod/services/reviews.yaml is in'),
    ]);
    expect(stderr).toContain('`git sparse-checkout add environments templates`');
    expect((await mainsheet(made, 'work', 'diff', '--base', 'main', '--head', 'HEAD')).stdout).toContain(moved);
  });

  it.each([
    [['diff', '--base', 'main', 'prod'], 1, '`--base` compares what a commit holds'],
    [['diff', '--base', 'main', '--manifests'], 1, '`--base` compares what a commit holds'],
    [['diff', '--rerender'], 1, '`--rerender` goes with `--base`'],
    [['diff', '--head', 'main'], 1, '`--head` goes with `--base`'],
    [['diff', '--base', 'mian'], 1, 'error[MS8061] known-commit: there is no commit "mian"'],
    [['diff', '--base', 'main', '--head', 'a..b'], 1, 'error[MS8060] legal-git-name'],
    [['diff', '--base=--output=evil'], 1, 'error[MS8060] legal-git-name: "--output=evil"'],
  ])('%j is refused', async (line, code, message) => {
    const made = await changed();
    expect(await mainsheet(made, 'work', ...line)).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('says what it needs where there is no history', async () => {
    const made = await changed();
    made.git('.', 'init', '--quiet', 'fresh');
    made.put('fresh/environments/prod/environment.yaml', environment('prod'));
    expect(await mainsheet(made, 'fresh', 'diff', '--base', 'HEAD')).toMatchObject({ code: 3, stderr: expect.stringContaining('MS8051') });
    made.put('plain/environments/prod/environment.yaml', environment('prod'));
    expect(await mainsheet(made, 'plain', 'diff', '--base', 'main')).toMatchObject({ code: 3, stderr: expect.stringContaining('MS8041') });
  });
});
