import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listIn, objectIn, text } from '../../../src/repo/forge/read-answer.ts';
import { ratings, reviews, reviewsFile, someFiles } from '../../cli/propose-fixtures.ts';
import { possibleGitea, titled } from './build-gitea.ts';
import { type GiteaWorld, giteaWorld } from './gitea-world.ts';
import { type Gitea, startGitea } from './start-gitea.ts';

const branch = 'mainsheet/prod/reviews';
const canary = (percent: number) => reviews(`canary: {version: v2, percent: ${percent}}\n`);
const done = { code: 0, stderr: '' };

const built = await possibleGitea();

describe.skipIf(built.absent !== undefined)(titled('the life of a pull request on Gitea itself, by its API and by git', built), () => {
  let server: Gitea;
  let serial = 0;
  let world: GiteaWorld;
  beforeAll(async () => {
    server = await startGitea(built);
  }, 600_000);
  afterAll(async () => server.stop());
  afterEach(() => world.stop());

  async function begin(files: Readonly<Record<string, string>> = someFiles): Promise<void> {
    serial += 1;
    world = await giteaWorld(server, `mesh-${serial}`, files);
  }

  /** Runs what changes nothing that anyone can see. */
  async function expectNothingNew(run: () => { readonly code: number | null; readonly stdout: string }): Promise<string> {
    const before = await world.state();
    const { code, stdout } = run();
    expect([code, await world.state()]).toEqual([0, before]);
    return stdout;
  }

  it('is opened with all that was asked for, and then left as it is until something changes', async () => {
    await begin();
    world.put(reviewsFile, canary(10));
    const [dry, before] = [world.here('propose', '--dry-run'), await world.state()];
    expect(dry).toMatchObject(done);
    expect(await world.state()).toBe(before);
    const opened = world.here('propose', '--draft', '--label', 'traffic', '--reviewer', 'jason');
    expect(opened).toMatchObject({ ...done, stdout: expect.stringContaining('created') });
    const [pull, ...others] = await world.pulls();
    expect(others).toEqual([]);
    expect(pull).toMatchObject({
      ...{ number: 1, state: 'open', branch, base: 'main', author: 'mainsheet-bot', head: world.tip(branch) },
      ...{ draft: true, labels: ['traffic'], title: 'WIP: prod: reviews v2 gets 10 %' },
    });
    const { requested_reviewers: asked } = objectIn(await world.asJason('GET', '/pulls/1'), 'the pull request');
    expect(listIn(asked, 'reviewers').map((one) => text(one, 'login'))).toEqual(['jason']);
    // The dry run has shown this body, byte for byte.
    expect(dry.stdout).toContain(pull?.body.trimEnd());
    expect(pull?.body).toContain('10 % moves');
    const statuses = listIn(await world.asJason('GET', `/commits/${pull?.head}/statuses`), 'statuses');
    expect(statuses.map((one) => [text(one, 'context'), text(one, 'status')]).sort()).toEqual([
      ['mainsheet/checks', 'success'],
      ['mainsheet/order', 'success'],
      ['mainsheet/proof', 'success'],
      ['mainsheet/traffic', 'success'],
    ]);
    expect(world.show(branch, reviewsFile)).toBe(canary(10));
    expect(world.show(branch, 'rendered/prod/service/reviews.yaml')).toContain('weight: 10');
    expect(world.git('rev-list', '--count', `origin/main..origin/${branch}`)).toBe('1');
    expect(await expectNothingNew(() => world.here('propose', '--draft', '--label', 'traffic', '--reviewer', 'jason'))).toContain(
      'says so already',
    );
    // A person takes the draft away, and adds a label: both are theirs.
    await world.asJason('PATCH', '/pulls/1', { title: 'prod: reviews v2 gets 10 %' });
    await world.asJason('POST', '/issues/1/labels', { labels: ['mainsheet'] });
    await expectNothingNew(() => world.here('propose', '--draft', '--label', 'traffic'));
  });

  it('is rebuilt where the base moved, and says what it says now where the content changed', async () => {
    await begin();
    world.put(reviewsFile, canary(10));
    expect(world.here('propose')).toMatchObject(done);
    const first = world.tip(branch);
    world.git('stash', '-q');
    world.put('environments/prod/ratings.yaml', ratings('timeout: 3s\n'));
    expect(world.here('render')).toMatchObject(done);
    world.land('ratings wait no longer');
    world.git('stash', 'pop', '-q');
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('pushed') });
    const second = world.tip(branch);
    expect(second).not.toBe(first);
    world.git('fetch', '-q');
    expect(world.git('rev-parse', `${second}^`)).toBe(world.tip('main'));
    await expectNothingNew(() => world.here('propose'));
    world.put(reviewsFile, canary(25));
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('1 updated') });
    expect(await world.pulls()).toMatchObject([{ number: 1, state: 'open', title: 'prod: reviews v2 gets 25 %', head: world.tip(branch) }]);
    expect((await world.pulls())[0]?.body).toContain('v2 25 %');
  });

  it('is left to a person who commits to its branch, with one comment, until that commit is gone', async () => {
    await begin();
    world.put(reviewsFile, canary(10));
    expect(world.here('propose')).toMatchObject(done);
    const ours = world.tip(branch);
    world.commitOn(branch, 'I think that we need a test');
    const theirs = world.tip(branch);
    world.put(reviewsFile, canary(25));
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('has commits of a person') });
    expect([world.tip(branch), (await world.pulls()).map(({ title }) => title)]).toEqual([theirs, ['prod: reviews v2 gets 10 %']]);
    expect(await world.comments(1)).toEqual([expect.stringContaining('has commits that are not Mainsheet')]);
    await expectNothingNew(() => world.here('propose'));
    world.git('push', '-q', '--force', 'origin', `${ours}:refs/heads/${branch}`);
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('1 updated') });
    expect(world.show(branch, reviewsFile)).toBe(canary(25));
  });

  it('stays closed for what a person closed, and is opened anew for other content', async () => {
    await begin();
    world.put(reviewsFile, canary(10));
    expect(world.here('propose')).toMatchObject(done);
    await world.asJason('PATCH', '/pulls/1', { state: 'closed' });
    expect(await expectNothingNew(() => world.here('propose'))).toContain('stays closed: a person closed this content');
    world.put(reviewsFile, canary(25));
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('2 created') });
    expect((await world.pulls()).map(({ number, state }) => [number, state])).toEqual([
      [2, 'open'],
      [1, 'closed'],
    ]);
    await world.asJason('PATCH', '/pulls/2', { state: 'closed' });
    // What was closed first is still what a person closed, until the person opens it again.
    world.put(reviewsFile, canary(10));
    expect(await expectNothingNew(() => world.here('propose'))).toContain('stays closed');
    world.git('push', '-q', 'origin', `:refs/heads/${branch}`);
    await expectNothingNew(() => world.here('propose'));
  });

  it('is followed by the next phase once it is merged, which is closed where the base branch takes the change back', async () => {
    await begin();
    world.put(reviewsFile, reviews('canary: {version: v3, percent: 10}\n', '[v1, v2, v3]'));
    expect(world.here('propose')).toMatchObject(done);
    expect((await world.pulls()).map(({ title }) => title)).toEqual(['prod: reviews v3 gets 10 % (expand: nothing moves yet, then shift)']);
    await world.merge(1);
    world.refresh();
    expect(world.here('render', '--check')).toMatchObject({ code: 0 });
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('2 created') });
    await expectNothingNew(() => world.here('propose'));
    const [next] = await world.pulls();
    expect(next).toMatchObject({ number: 2, state: 'open', title: 'prod: reviews v3 gets 10 % (shift, last phase)' });
    expect(next?.body).toContain('merge only once the phase before is live');
    // The base branch takes the change back: the phase cannot follow any more.
    world.put(reviewsFile, reviews());
    expect(world.here('render')).toMatchObject({ code: 0 });
    world.land('taken back');
    const ended = world.here('propose');
    expect([ended.code, ended.stderr]).toEqual([0, 'note: pull request 2 is closed: main has taken back what it goes on with\n']);
    expect((await world.pulls()).map(({ state }) => state)).toEqual(['closed', 'merged']);
    expect(await world.comments(2)).toEqual([expect.stringContaining('no longer has the `next:`')]);
    await expectNothingNew(() => world.here('propose'));
  });

  it('is followed by other content after a merge, however it was merged and whether its branch was left', async () => {
    await begin();
    for (const [number, percent, how] of [
      [1, 10, 'merge'],
      [2, 20, 'squash'],
      [3, 30, 'rebase'],
    ] as const) {
      world.put(reviewsFile, canary(percent));
      expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining(`${number} created`) });
      await world.merge(number, how, percent === 20);
      expect(await expectNothingNew(() => world.here('propose'))).toContain('nothing to propose');
      world.refresh();
      expect(world.show('main', reviewsFile)).toBe(canary(percent));
      expect(await expectNothingNew(() => world.here('propose'))).toContain('nothing to propose');
    }
  });

  it('is left alone where a person gave it another base, or took its description for their own', async () => {
    await begin();
    world.git('push', '-q', 'origin', 'main:refs/heads/next');
    world.put(reviewsFile, canary(10));
    expect(world.here('propose')).toMatchObject(done);
    await world.asJason('PATCH', '/pulls/1', { base: 'next' });
    world.put(reviewsFile, canary(25));
    expect(await expectNothingNew(() => world.here('propose'))).toContain('a person gave it another base');
    // Gitea itself refuses a second one for the same two branches, however it comes about.
    await world.asBot('POST', '/pulls', { head: branch, base: 'main', title: 'by accident', body: (await world.pulls())[0]?.body });
    await expect(world.asJason('PATCH', '/pulls/1', { base: 'main' })).rejects.toThrow('409');
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('2 updated') });
    expect((await world.pulls()).map(({ number, base, title }) => [number, base, title])).toEqual([
      [2, 'main', 'prod: reviews v2 gets 25 %'],
      [1, 'next', 'prod: reviews v2 gets 10 %'],
    ]);
    await expectNothingNew(() => world.here('propose'));
  });

  it('is not opened again where its branch was deleted, which on Gitea closes it', async () => {
    await begin();
    world.put(reviewsFile, canary(10));
    expect(world.here('propose')).toMatchObject(done);
    world.git('push', '-q', 'origin', `:refs/heads/${branch}`);
    await world.until(async () => (await world.pulls())[0]?.state === 'closed');
    expect(await expectNothingNew(() => world.here('propose'))).toContain('stays closed');
    world.put(reviewsFile, canary(25));
    expect(world.here('propose')).toMatchObject({ ...done, stdout: expect.stringContaining('2 created') });
  });
});
