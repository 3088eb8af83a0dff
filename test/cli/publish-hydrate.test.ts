import { describe, expect, it } from 'vitest';
import { git, type Repository, rendered, reviews, reviewsFile, someFiles } from './propose-fixtures.ts';

const file = 'rendered/prod/service/reviews.yaml';
const files = {
  ...someFiles,
  'environments/dev/environment.yaml': 'environment: dev\nistio: "1.31"\nnamespace: bookinfo\n',
  'environments/dev/reviews.yaml': reviews(),
};
const hydrate = ['publish', '--hydrate', 'environment/{environment}'] as const;

/** What gitops-promoter looks up: the note about a branch's tip, in a clone of its own. */
function noteOf({ remote }: Repository, branch: string): string {
  return git(remote, 'notes', '--ref=refs/notes/hydrator.metadata', 'show', `refs/heads/${branch}`);
}

function tip({ remote }: Repository, branch: string): string {
  return git(remote, 'rev-parse', `refs/heads/${branch}`);
}

function canary(repository: Repository, percent: number): void {
  repository.put(reviewsFile, reviews(`canary: {version: v2, percent: ${percent}}\n`));
  repository.land(`Canary at ${percent} %\n\nReviewed by jason.\n\nTicket: BOOK-1`);
}

describe('as gitops-promoter wants it of a hydrator', () => {
  it('each environment has a branch, with the commit that it was rendered from', async () => {
    const repository = await rendered(files);
    canary(repository, 10);
    const source = repository.git('rev-parse', 'HEAD');
    expect(await repository.run(...hydrate)).toEqual({
      code: 0,
      stdout: 'environment/dev-next: 2 files published\nenvironment/prod-next: 3 files published\n',
      stderr: '',
    });
    expect(JSON.parse(repository.show('environment/prod-next', 'hydrator.metadata'))).toEqual({
      drySha: source,
      repoURL: repository.remote,
      author: 'jason <jason@bookinfo.example.com>',
      date: `${new Date(Number(repository.git('log', '-1', '--format=%at')) * 1000).toISOString().slice(0, 19)}Z`,
      subject: 'Canary at 10 %',
      body: 'Reviewed by jason.\n\nTicket: BOOK-1',
    });
    expect(repository.show('environment/prod-next', file)).toContain('weight: 10');
    expect(git(repository.remote, 'ls-tree', '-r', '--name-only', 'environment/prod-next')).not.toContain('rendered/dev');
    // A pull request needs a common history.
    expect(git(repository.remote, 'merge-base', 'environment/prod', 'environment/prod-next')).toBe(tip(repository, 'environment/prod'));
    for (const branch of ['environment/dev-next', 'environment/prod-next'])
      expect(JSON.parse(noteOf(repository, branch))).toEqual({ drySha: source });
  });

  it('tells programs of each branch', async () => {
    const repository = await rendered(files);
    const { stdout } = await repository.run(...hydrate, '--json');
    expect(JSON.parse(stdout).branches).toEqual(
      ['dev', 'prod'].map((environment) => ({
        ...{ branch: `environment/${environment}-next`, environments: [environment], outcome: 'published' },
        ...{ changed: environment === 'dev' ? 2 : 3, commit: tip(repository, `environment/${environment}-next`) },
      })),
    );
  });

  it('what does not change has no commit, but a note of the commit that was looked at', async () => {
    const repository = await rendered(files);
    await repository.run(...hydrate);
    const old = repository.git('rev-parse', 'HEAD');
    const dev = tip(repository, 'environment/dev-next');
    canary(repository, 10);
    const source = repository.git('rev-parse', 'HEAD');
    expect((await repository.run(...hydrate, '--dry-run')).stdout).toBe(
      'environment/dev-next: up to date\nenvironment/prod-next: 1 file would change\n  ~ rendered/prod/service/reviews.yaml\n',
    );
    expect(JSON.parse(noteOf(repository, 'environment/dev-next')).drySha).not.toBe(source);
    expect((await repository.run(...hydrate)).stdout).toBe('environment/dev-next: up to date\nenvironment/prod-next: 1 file published\n');
    expect(tip(repository, 'environment/dev-next')).toBe(dev);
    expect(JSON.parse(noteOf(repository, 'environment/dev-next')).drySha).toBe(source);
    const notes = git(repository.remote, 'rev-parse', 'refs/notes/hydrator.metadata');
    expect((await repository.run(...hydrate)).stdout).toBe('environment/dev-next: up to date\nenvironment/prod-next: up to date\n');
    expect(git(repository.remote, 'rev-parse', 'refs/notes/hydrator.metadata')).toBe(notes);
    // A run that is late goes back neither in files nor in notes.
    repository.git('checkout', '-q', old);
    expect((await repository.run(...hydrate)).stdout).toBe(
      'environment/dev-next: a newer commit is published already\nenvironment/prod-next: a newer commit is published already\n',
    );
    expect(git(repository.remote, 'rev-parse', 'refs/notes/hydrator.metadata')).toBe(notes);
  });

  it('a merge of the promoter is built upon, and notes of others stay', async () => {
    const repository = await rendered(files);
    await repository.run(...hydrate);
    const { remote } = repository;
    git(remote, 'update-ref', 'refs/heads/environment/prod', tip(repository, 'environment/prod-next'));
    const tree = git(remote, 'rev-parse', 'environment/prod-next^{tree}');
    const merge = git(remote, 'commit-tree', tree, '-p', 'environment/prod-next', '-m', 'Resolve the conflict');
    git(remote, 'update-ref', 'refs/heads/environment/prod-next', merge);
    git(remote, 'notes', '--ref=refs/notes/hydrator.metadata', 'add', '-m', '{"drySha": "of another"}', 'main');
    canary(repository, 10);
    await repository.run(...hydrate);
    expect(git(remote, 'rev-parse', 'environment/prod-next^')).toBe(merge);
    expect(git(remote, 'notes', '--ref=refs/notes/hydrator.metadata', 'show', 'main~')).toContain('of another');
    expect(JSON.parse(noteOf(repository, 'environment/prod-next')).drySha).toBe(repository.git('rev-parse', 'HEAD'));
  });

  it.each([
    ['environment/prod', 'one branch for all'],
    ['environment/..{environment}', 'names no branch'],
  ])('%s is refused', async (pattern, said) => {
    const repository = await rendered(files);
    const { code, stderr } = await repository.run('publish', '--hydrate', pattern);
    expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
  });
});
