import { describe, expect, it } from 'vitest';
import type { ForgeFailure } from '../../src/model/forge.ts';
import { type RememberedForge, rememberedForge } from '../support/remembered-forge.ts';
import { git, type Repository, ratings, rendered, reviews, reviewsFile, someFiles } from './propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const canary = reviews('canary: {version: v2, percent: 10}\n');

/** A repository whose remote is on a forge in memory. */
async function onForge(files = someFiles): Promise<{ readonly repository: Repository; readonly forge: RememberedForge }> {
  const tips: { of: (branch: string) => string } = { of: () => '' };
  const forge = rememberedForge((name) => tips.of(name));
  const repository = await rendered(files, { openForge: async () => forge.port });
  tips.of = (name) => {
    try {
      return git(repository.remote, 'rev-parse', '--verify', '-q', name);
    } catch {
      return '';
    }
  };
  return { repository, forge };
}

describe('propose on a forge', () => {
  it('tells the forge all that was asked for, and a status for each check', async () => {
    const { repository, forge } = await onForge();
    repository.put(reviewsFile, canary);
    await repository.run('propose', '--draft', '--label', 'traffic', '--title', 'reviews v2, a first tenth');
    expect(forge.pulls).toMatchObject([
      { title: 'reviews v2, a first tenth', draft: true, labels: ['traffic'], base: 'main', automerge: false },
    ]);
    expect(forge.statuses.get(git(repository.remote, 'rev-parse', branch))).toEqual([
      { name: 'mainsheet/proof', state: 'success', description: 'requests go where the intents say' },
      { name: 'mainsheet/order', state: 'success', description: 'safe in every order of 1 object' },
      { name: 'mainsheet/checks', state: 'success', description: 'nothing found' },
      { name: 'mainsheet/traffic', state: 'success', description: '1 class of requests changes' },
    ]);
  });

  it('lets merge by itself what changes no request, and nothing else', async () => {
    const { repository, forge } = await onForge();
    repository.put(reviewsFile, reviews('', '[v1, v2, v3]'));
    repository.put('environments/prod/ratings.yaml', ratings('timeout: 3s\n'));
    await repository.run('propose', '--automerge', 'no-traffic');
    expect(forge.pulls.map((one) => [one.branch, one.automerge])).toEqual([
      [branch, true],
      ['mainsheet/prod/ratings', false],
    ]);
  });

  it('never lets merge by itself what the state before has to be live for', async () => {
    const { repository, forge } = await onForge();
    repository.put(reviewsFile, reviews('', '[v1, v2, v3]'));
    await repository.run('render');
    repository.land('three versions');
    // Taking away a version that nobody is led to is safe only where that is applied already.
    repository.put(reviewsFile, reviews());
    await repository.run('propose', '--automerge', 'no-traffic');
    expect(forge.pulls.map((one) => [one.branch, one.automerge])).toEqual([[branch, false]]);
    expect(forge.pulls[0]?.body.split('\n').slice(0, 10).join('\n')).toContain(
      '- **When:** **merge only once what is on the base branch is live (synced)**',
    );
  });

  it('says of every phase after the first what it waits for', async () => {
    const { repository, forge } = await onForge();
    const next = reviews('canary: {version: v3, percent: 10}\n', '[v1, v2, v3]');
    repository.put(reviewsFile, next);
    await repository.run('propose', '--automerge', 'no-traffic');
    expect(forge.pulls[0]?.automerge).toBe(true);
    expect(forge.pulls[0]?.body).not.toContain('**When:**');
    repository.merge(branch);
    const [merged] = forge.pulls;
    if (merged !== undefined) forge.pulls[0] = { ...merged, state: 'merged' };
    await repository.run('propose', '--automerge', 'no-traffic');
    const [last] = forge.pulls;
    expect([last?.title, last?.automerge]).toEqual(['prod: reviews v3 gets 10 % (shift, last phase)', false]);
    expect(last?.body.split('\n').slice(0, 10).join('\n')).toContain('**merge only once the phase before is live (synced)**');
  });

  it('closes a phase whose change the base branch has taken back, once, with a comment', async () => {
    const { repository, forge } = await onForge();
    const before = repository.git('rev-parse', 'HEAD');
    repository.put(reviewsFile, reviews('canary: {version: v3, percent: 10}\n', '[v1, v2, v3]'));
    await repository.run('propose');
    repository.merge(branch);
    const [first] = forge.pulls;
    if (first !== undefined) forge.pulls[0] = { ...first, state: 'merged' };
    await repository.run('propose');
    expect(forge.pulls.map(({ state }) => state)).toEqual(['open', 'merged']);
    expect((await repository.run('propose')).stderr).toBe('');
    repository.git('checkout', '-q', before, '--', '.');
    repository.land('taken back');
    const { code, stderr } = await repository.run('propose');
    expect([code, stderr]).toEqual([0, 'note: pull request 2 is closed: main has taken back what it goes on with\n']);
    expect([forge.pulls.map(({ state }) => state), forge.comments.size]).toEqual([['closed', 'merged'], 1]);
    expect((await repository.run('propose')).stderr).toBe('');
  });

  it('makes as many calls for one object as for many, and edits nothing the second time', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `---\n${reviews('timeout: 9s\n').replace('reviews', `reviews-${i}`)}`).join('');
    for (const text of [canary, `${canary}${many}`]) {
      const { repository, forge } = await onForge();
      repository.put(reviewsFile, text);
      expect((await repository.run('propose')).code).toBe(0);
      expect(forge.calls).toEqual(['find', 'find', 'create', 'find', 'report']);
      forge.calls.length = 0;
      await repository.run('propose');
      expect(forge.calls).toEqual(['find', 'find', 'report']);
    }
  });

  it.each([
    ['before a branch is pushed', 1, 'after'],
    ['between the push and the pull request', 3, 'before'],
    ['behind the pull request', 3, 'after'],
  ])('killed %s it is finished by the next run', async (_name, fatal, when) => {
    const { repository, forge } = await onForge();
    repository.put(reviewsFile, canary);
    forge.on = async (_call, count, at) => {
      if (count === fatal && at === when) throw new Error('killed');
    };
    expect((await repository.run('propose')).code).toBe(70);
    forge.on = async () => {};
    expect((await repository.run('propose')).code).toBe(0);
    expect([forge.pulls.length, git(repository.remote, 'rev-list', '--count', `main..${branch}`)]).toEqual([1, '1']);
    expect(forge.statuses.has(git(repository.remote, 'rev-parse', branch))).toBe(true);
  });

  it('of two at once one pushes, and the other finds its work done', async () => {
    const { repository, forge } = await onForge();
    repository.put(reviewsFile, canary);
    let other: Awaited<ReturnType<Repository['run']>> | undefined;
    forge.on = async (_call, count, at) => {
      if (count !== 1 || at !== 'after') return;
      other = await repository.run('propose');
    };
    const mine = await repository.run('propose');
    expect([other?.code, mine.code]).toEqual([0, 0]);
    expect(mine.stdout).toContain('1 says so already');
    expect([forge.pulls.length, git(repository.remote, 'rev-list', '--count', `main..${branch}`)]).toEqual([1, '1']);
  });

  it('says what a forge refused, and that it is safe to run again', async () => {
    const { repository, forge } = await onForge();
    repository.put(reviewsFile, canary);
    const failure: ForgeFailure = { kind: 'unavailable', message: '503 of git.example.com' };
    const broken = { ...forge.port, create: async () => ({ ok: false, failure }) as const };
    Object.assign(forge, { port: broken });
    const { code, stdout, stderr } = await repository.run('propose');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('503 of git.example.com');
  });
});
