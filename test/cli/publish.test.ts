import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, identity, type Repository, rendered, reviews, reviewsFile, someFiles } from './propose-fixtures.ts';

const elsewhere = { ...someFiles, 'mainsheet.yaml': 'rendered: {branch: rendered}\n' };
const canary = reviews('canary: {version: v2, percent: 10}\n');
const file = 'rendered/prod/service/reviews.yaml';

/** Intents alone stand on main. */
async function intents(files: Readonly<Record<string, string>> = elsewhere, folder = 'rendered'): Promise<Repository> {
  const repository = await rendered(files);
  repository.git('rm', '-rq', '--cached', folder);
  repository.put('.gitignore', `${folder}/\n`);
  repository.land('intents alone');
  return repository;
}

describe('rendered output on another branch', () => {
  it('is published once for each commit that changes it, with its source', async () => {
    const repository = await intents();
    expect(await repository.run('publish')).toEqual({ code: 0, stdout: 'rendered: 3 files published\n', stderr: '' });
    const source = repository.git('rev-parse', 'HEAD');
    expect(git(repository.remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Source,valueonly)', 'rendered')).toBe(source);
    expect(git(repository.remote, 'ls-tree', '-r', '--name-only', 'rendered')).toContain(file);
    expect((await repository.run('publish')).stdout).toBe('rendered: up to date\n');
    repository.put(reviewsFile, canary);
    // What is not committed is not published.
    expect((await repository.run('publish')).stdout).toBe('rendered: up to date\n');
    repository.land('canary');
    expect((await repository.run('publish', '--dry-run')).stdout).toBe(`rendered: 1 file would change\n  ~ ${file}\n`);
    expect((await repository.run('publish')).stdout).toBe('rendered: 1 file published\n');
    expect(repository.show('rendered', file)).toContain('weight: 10');
  });

  it('is told for programs: which branch, what became of it, and its commit', async () => {
    const repository = await intents();
    const told = async (...words: readonly string[]) => JSON.parse((await repository.run('publish', '--json', ...words)).stdout);
    const source = repository.git('rev-parse', 'HEAD');
    const branch = { branch: 'rendered', environments: ['prod'] };
    const first = await told();
    const commit = git(repository.remote, 'rev-parse', 'rendered');
    expect(first).toEqual({
      ...{ version: 1, source, base: { branch: 'main' } },
      branches: [{ ...branch, outcome: 'published', changed: 3, commit }],
    });
    expect((await told()).branches).toEqual([{ ...branch, outcome: 'unchanged', changed: 0, commit }]);
    repository.put(reviewsFile, canary);
    repository.land('canary');
    expect((await told('--dry-run')).branches).toEqual([
      { ...branch, outcome: 'would-publish', changed: 1, files: { [file]: expect.stringContaining('weight: 10') } },
    ]);
    expect((await told('--base', 'main')).branches).toMatchObject([{ outcome: 'published', changed: 1 }]);
    repository.git('checkout', '-q', source);
    expect((await told()).branches).toEqual([{ ...branch, outcome: 'newer', changed: 0 }]);
  });

  it('never goes back behind a newer commit', async () => {
    const repository = await intents();
    const old = repository.git('rev-parse', 'HEAD');
    repository.put(reviewsFile, canary);
    repository.land('canary');
    await repository.run('publish');
    repository.git('checkout', '-q', old);
    expect(await repository.run('publish')).toEqual({ code: 0, stdout: 'rendered: a newer commit is published already\n', stderr: '' });
  });

  it('is what was merged to the base branch, and nothing that was not', async () => {
    const repository = await intents();
    await repository.run('publish');
    const published = () => git(repository.remote, 'rev-parse', 'rendered');
    const before = published();
    repository.git('checkout', '-q', '-b', 'work');
    repository.put(reviewsFile, canary);
    repository.git('commit', '-qam', 'a canary');
    const unpushed = await repository.run('publish', '--base', 'main');
    expect([unpushed.code, unpushed.stderr.split('\n')[0]]).toEqual([
      4,
      `error[MS8015] reviewed-commit: ${repository.git('rev-parse', 'HEAD').slice(0, 12)} was never a commit of main on the remote, so it is not published`,
    ]);
    const own = repository.git('rev-parse', 'HEAD');
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'work');
    repository.git('push', '-q', 'origin', 'HEAD:main');
    repository.git('checkout', '-q', own);
    expect([(await repository.run('publish')).code, published()]).toEqual([4, before]);
    repository.git('checkout', '-q', 'main');
    expect((await repository.run('publish')).stdout).toBe('rendered: 1 file published\n');
    // What someone published of a commit that is on no branch does not stand in the way.
    repository.git('commit', '-q', '--allow-empty', '-m', 'not merged');
    const foreign = repository.git('rev-parse', 'HEAD');
    git(repository.remote, 'fetch', '-q', repository.here, `${foreign}:refs/heads/foreign`);
    const message = `Render\n\nMainsheet-Source: ${foreign}`;
    const commit = git(repository.remote, 'commit-tree', `${before}^{tree}`, '-p', 'rendered', '-m', message);
    git(repository.remote, 'update-ref', 'refs/heads/rendered', commit);
    repository.git('reset', '-q', '--hard', 'origin/main');
    expect((await repository.run('publish')).stdout).toBe('rendered: 1 file published\n');
  });

  it.each(['main', 'mainsheet/prod/reviews'])('has a branch of its own: not %s', async (branch) => {
    const repository = await intents({ ...someFiles, 'mainsheet.yaml': `rendered: {branch: ${branch}}\n` });
    const { code, stderr } = await repository.run('publish');
    expect(await repository.run('propose')).toMatchObject({ code: 4, stderr: expect.stringContaining('MS8016') });
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining(`MS8016] output-branch-apart: rendered output cannot go to branch ${branch}`),
    ]);
  });

  it.each(['', ', branch: main'])('is not the base branch by another spelling of the same repository%s', async (branch) => {
    const repository = await intents();
    const tip = git(repository.remote, 'rev-parse', 'main');
    repository.git('remote', 'set-url', 'origin', `${repository.remote}/../remote.git`);
    repository.put('mainsheet.yaml', `rendered: {repository: "file://${repository.remote}"${branch}}\n`);
    repository.land('output in a repository of its own, it seems');
    repository.git('fetch', '-q');
    const { code, stderr } = await repository.run('publish');
    expect([code, stderr]).toEqual([4, expect.stringContaining('MS8016] output-branch-apart: rendered output cannot go to branch main')]);
    expect(git(repository.remote, 'rev-parse', 'main~1')).toBe(tip);
  });

  it('is what a proposal is compared with, and no part of its pull request', async () => {
    const repository = await intents();
    await repository.run('publish');
    repository.put(reviewsFile, canary);
    const { code, stdout } = await repository.run('propose', '--dry-run', '--format', 'json');
    expect(code).toBe(0);
    const [proposal] = JSON.parse(stdout).proposals;
    expect(Object.keys(proposal.files)).toEqual([reviewsFile]);
    expect(proposal.body).toContain('Rendered to `branch rendered` after the merge.');
    expect(proposal.body).toContain('+      weight: 90');
  });

  it('is no part of the base branch, so nothing is compared with that', async () => {
    const repository = await intents(
      { ...elsewhere, 'mainsheet.yaml': 'rendered: {branch: rendered, path: deploy/mesh}\n' },
      'deploy/mesh',
    );
    await repository.run('publish');
    repository.git('fetch', '-q');
    rmSync(join(repository.here, 'deploy'), { recursive: true, force: true });
    repository.put(reviewsFile, canary);
    const refused = await repository.run('diff', '--base', 'main');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('main holds no rendered files: they go to branch rendered');
    expect(refused.stderr).toContain('`mainsheet diff --base main --rerender`');
    expect(refused.stderr).toContain('`mainsheet diff --base origin/rendered`');
    const plain = await repository.run('diff');
    expect([plain.code, plain.stderr]).toEqual([
      1,
      expect.stringContaining('deploy/mesh holds no rendered files: they go to branch rendered'),
    ]);
    expect(plain.stderr).toContain('`mainsheet diff --base HEAD --rerender`');
    for (const words of [['main', '--rerender'], ['HEAD', '--rerender'], ['origin/rendered']]) {
      const { code, stdout } = await repository.run('diff', '--base', ...words);
      expect([code, stdout]).toEqual([0, expect.stringContaining('10 % moves')]);
      expect(stdout).toContain('Objects: 1 updated');
    }
    repository.put('mainsheet.yaml', 'rendered: {repository: "https://git.example.com/bookinfo/output"}\n');
    const other = await repository.run('diff');
    expect(other.stderr).toContain('they go to https://git.example.com/bookinfo/output');
    expect(other.stderr).not.toContain('origin/');
  });

  it('may be another repository', async () => {
    const other = join((await rendered()).remote, '../output.git');
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', other], { env: identity });
    const repository = await intents({ ...someFiles, 'mainsheet.yaml': `rendered: {repository: ${other}, branch: main}\n` });
    expect((await repository.run('publish')).stdout).toBe('main: 3 files published\n');
    expect(git(other, 'ls-tree', '-r', '--name-only', 'main')).toContain(file);
  });

  it.each(['main', 'trunk'])('begins in an empty repository, whose HEAD is %s, with main, and goes on with it', async (head) => {
    const other = join((await rendered()).remote, '../output.git');
    execFileSync('git', ['init', '-q', '--bare', '-b', head, other], { env: identity });
    const repository = await intents({ ...someFiles, 'mainsheet.yaml': `rendered: {repository: ${other}}\n` });
    const begins = 'the repository of rendered output is empty: it begins with branch main\n';
    expect(await repository.run('publish')).toEqual({ code: 0, stdout: `${begins}main: 3 files published\n`, stderr: '' });
    expect(git(other, 'ls-tree', '-r', '--name-only', 'main')).toContain(file);
    expect((await repository.run('publish')).stdout).toBe('main: up to date\n');
    git(other, 'branch', '-m', 'main', 'output');
    git(other, 'symbolic-ref', 'HEAD', 'refs/heads/gone');
    const unnamed = await repository.run('publish');
    expect([unnamed.code, unnamed.stderr]).toEqual([3, expect.stringContaining('`rendered: {repository: …, branch: main}`')]);
  });

  it('is refused where rendered files stand beside the intents', async () => {
    const repository = await rendered();
    const { code, stderr } = await repository.run('publish');
    expect([code, stderr]).toEqual([1, expect.stringContaining('rendered files stand beside the intents')]);
  });
});
