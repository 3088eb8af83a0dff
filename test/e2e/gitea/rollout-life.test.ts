import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIn, text } from '../../../src/repo/forge/read-answer.ts';
import { reviewsFile, someFiles } from '../../cli/propose-fixtures.ts';
import { isoTime } from '../rollout-world.ts';
import { possibleGitea, titled } from './build-gitea.ts';
import { type GiteaWorld, giteaWorld } from './gitea-world.ts';
import { type Gitea, startGitea } from './start-gitea.ts';

const branch = 'mainsheet/prod/reviews';
const plan = 'rollout: {steps: [10, 50, 100], soak: 1h, assumeReady: true}\n';
const before = `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${plan}`;
const done = { code: 0, stderr: '' };
const minute = 60;

const built = await possibleGitea();

describe.skipIf(built.absent !== undefined)(titled('a rollout on Gitea itself', built), () => {
  let server: Gitea;
  let world: GiteaWorld;
  beforeAll(async () => {
    server = await startGitea(built);
    world = await giteaWorld(server, 'rollout', { ...someFiles, [reviewsFile]: before });
  }, 600_000);
  afterAll(async () => {
    world.stop();
    await server.stop();
  });

  it('is started, advanced by a scheduled job, merge by merge, and taken back to the bytes from before', async () => {
    const good = world.show('main', 'rendered/prod/service/reviews.yaml');
    const mergedAt = () => Number(world.git('log', '-1', '--format=%ct', world.tip('main')));
    const advance = (minutes: number) => {
      world.refresh();
      return world.job('rollout', 'advance', '--all', '--now', isoTime(mergedAt() + minutes * minute));
    };
    const open = async () => (await world.pulls()).filter(({ state }) => state === 'open');
    const expectNothingNew = async (minutes: number) => {
      const state = await world.state();
      expect(advance(minutes)).toMatchObject(done);
      expect(await world.state()).toBe(state);
    };

    expect(world.here('rollout', 'start', 'reviews', '--version', 'v2')).toMatchObject(done);
    expect(world.here('propose')).toMatchObject(done);
    expect(await open()).toMatchObject([{ number: 1, branch, title: 'prod: reviews v2 gets 10 %' }]);
    await world.merge(1);
    await expectNothingNew(59);

    const due = advance(61);
    expect(due).toMatchObject({ ...done, stdout: expect.stringContaining('2 created') });
    const [second] = await open();
    expect(second).toMatchObject({ number: 2, branch, title: 'prod: reviews v2 gets 50 % instead of 10 %', author: 'mainsheet-bot' });
    expect(second?.body).toContain('mainsheet rollout rollback reviews');
    const statuses = listIn(await world.asJason('GET', `/commits/${second?.head}/statuses`), 'statuses');
    expect(statuses.every((one) => text(one, 'status') === 'success')).toBe(true);
    world.git('fetch', '-q');
    expect(world.git('log', '-1', '--format=%B', `origin/${branch}`)).toContain('Mainsheet-Step: canary-50\n');
    await expectNothingNew(61);
    await world.merge(2);
    await expectNothingNew(30);

    const back = world.job('rollout', 'rollback', 'reviews', '--message', 'stars are missing');
    expect(back).toMatchObject({ ...done, stdout: expect.stringContaining('3 created') });
    expect(await open()).toMatchObject([{ number: 3, branch, title: expect.stringContaining('without its canary v2') }]);
    await world.merge(3);
    expect(world.show('main', 'rendered/prod/service/reviews.yaml')).toBe(good);
    expect(world.show('main', reviewsFile)).toBe(before);
    await expectNothingNew(48 * 60);
  });
});
