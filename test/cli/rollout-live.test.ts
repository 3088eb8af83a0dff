import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, prod, type Repository, rendered, reviewsFile, someFiles } from './propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const hour = 3600;
const words = (live: string, soak = '1h') => `rollout: {steps: [10, 50, 100], soak: ${soak}, live: ${live}, assumeReady: true}\n`;
const reviews = (percent: number, live: string) =>
  `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${percent === 0 ? '' : `canary: {version: v2, percent: ${percent}}\n`}${words(live)}`;
const dateOf = (folder: string, revision: string) => Number(git(folder, 'log', '-1', '--format=%ct', revision));
const time = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');
const advance = ({ run }: Repository, now: number) => run('rollout', 'advance', '--all', '--now', time(now));
const status = ({ run }: Repository, now: number) => run('rollout', 'status', '--now', time(now));

describe('a step that is live when the GitOps engine says so', () => {
  const said = ({ remote }: Repository, revision: string, state: string, at: number, description = '') => {
    const folder = join(remote, 'mainsheet/pull-requests/statuses');
    mkdirSync(folder, { recursive: true });
    const text = JSON.stringify([{ name: 'argocd/prod', state, description, at }]);
    writeFileSync(join(folder, `${git(remote, 'rev-parse', revision)}.json`), text);
  };
  const begun = () => rendered({ ...someFiles, [reviewsFile]: reviews(10, '{status: argocd/prod}') });

  it('soaks from that time, not from the merge', async () => {
    const repository = await begun();
    const merged = dateOf(repository.remote, 'main');
    const wait = async (now: number) => (await advance(repository, now)).stdout;
    expect(await wait(merged + 9 * hour)).toContain('merged, but argocd/prod has said nothing of it yet');
    said(repository, 'main', 'pending', merged + hour);
    expect(await wait(merged + 9 * hour)).toContain('merged, but argocd/prod says pending');
    said(repository, 'main', 'success', merged + 8.5 * hour);
    const soaking = await wait(merged + 9 * hour);
    expect(soaking).toContain('soaks for 1h');
    expect((await status(repository, merged + 9 * hour)).stdout).toContain('soaks for 1h');
    expect(await wait(merged + 9.6 * hour)).toContain('prod: reviews v2 gets 50 % instead of 10 %');
  });

  it('goes on where a later commit was applied, and holds where it failed', async () => {
    const repository = await begun();
    const merged = dateOf(repository.remote, 'main');
    said(repository, 'main', 'success', merged + 60);
    repository.put('environments/prod/ratings.yaml', 'service: ratings\nport: 9081\nversions: [v1]\n');
    await repository.run('render');
    repository.land('another service');
    expect((await status(repository, merged + 2 * hour)).stdout).toContain('reviews at 50 %');
    said(repository, 'main', 'failure', merged + hour, 'Degraded');
    expect((await status(repository, merged + 2 * hour)).stdout).toContain('merged, but argocd/prod says failure: Degraded');
    said(repository, 'main', 'success', merged + 1.5 * hour);
    expect((await status(repository, merged + 2 * hour)).stdout).toContain('reviews at 50 %');
  });

  it('is not known without a token for the forge', async () => {
    const repository = await begun();
    repository.git('remote', 'set-url', '--push', 'origin', 'https://github.com/bookinfo/mesh.git');
    const { stdout } = await repository.run('rollout', 'status');
    expect(stdout).toContain('argocd/prod was not asked: there is no token for the forge');
  });
});

describe('a step whose rendered output is published on another branch', () => {
  /** What is published is three hours younger than what was merged. */
  const elsewhere = async (live: string, files: Readonly<Record<string, string>> = {}) => {
    const repository = await rendered(
      {
        ...someFiles,
        [reviewsFile]: reviews(10, live),
        'mainsheet.yaml': 'rendered: {branch: rendered}\n',
        ...files,
      },
      { now: () => Math.floor(Date.now() / 1000) + 3 * hour },
    );
    repository.git('rm', '-rq', '--cached', 'rendered');
    repository.put('.gitignore', 'rendered/\n');
    repository.land('intents alone');
    return repository;
  };

  it('waits until it is published, and soaks from then', async () => {
    const repository = await elsewhere('merge');
    const merged = dateOf(repository.remote, 'main');
    expect((await advance(repository, merged + 9 * hour)).stdout).toContain('merged, but not published to rendered yet');
    await repository.run('publish');
    const published = dateOf(repository.remote, 'rendered');
    expect(published).toBeGreaterThan(merged + 2 * hour);
    expect((await advance(repository, published + hour - 60)).stdout).toContain('soaks for 1h');
    const { code, stdout } = await advance(repository, published + hour + 60);
    expect([code, stdout]).toEqual([0, expect.stringContaining('prod: reviews v2 gets 50 % instead of 10 %')]);
    repository.merge(branch);
    const next = dateOf(repository.remote, 'main');
    expect((await advance(repository, next + 9 * hour)).stdout).toContain('merged, but not published to rendered yet');
    await repository.run('publish');
    expect((await advance(repository, next + 9 * hour)).stdout).toContain('prod: reviews v2 gets 100 % instead of 50 %');
  });

  it('is there already where the merge changed nothing that is rendered', async () => {
    const repository = await elsewhere('merge', { [reviewsFile]: reviews(0, 'merge') });
    await repository.run('publish');
    repository.put(reviewsFile, reviews(0, 'merge').replace('stable: v1\n', 'stable: v1\ncanary: {version: v2, percent: 0}\n'));
    repository.land('a canary that nobody gets');
    expect((await repository.run('publish')).stdout).toBe('rendered: up to date\n');
    const merged = dateOf(repository.remote, 'main');
    expect((await status(repository, merged + 2 * hour)).stdout).not.toContain('not published');
  });

  it('asks for statuses of what was published', async () => {
    const repository = await elsewhere('{status: flux/prod}', { 'environments/prod/environment.yaml': prod });
    await repository.run('publish');
    const published = dateOf(repository.remote, 'rendered');
    const folder = join(repository.remote, 'mainsheet/pull-requests/statuses');
    mkdirSync(folder, { recursive: true });
    const text = JSON.stringify([{ name: 'flux/prod', state: 'success', at: published + 60 }]);
    writeFileSync(join(folder, `${git(repository.remote, 'rev-parse', 'rendered')}.json`), text);
    expect((await status(repository, published + 2 * hour)).stdout).toContain('reviews at 50 %');
  });
});
