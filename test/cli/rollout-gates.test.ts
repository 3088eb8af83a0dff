import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type MetricsDouble, metricsDouble, oneValue } from '../metrics/metrics-double.ts';
import { git, type Repository, rendered, reviewsFile } from './propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const plan = 'rollout: {steps: [10, 50, 100], soak: 1h, gates: [success-rate], assumeReady: true}\n';
const reviews = (percent: number) =>
  `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: ${percent}}\n${plan}`;
const doubles: MetricsDouble[] = [];

afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

/** A repository whose canary has had 10 % for two hours, with a metrics server that measures this rate of success. */
async function measuring(
  rate: () => string,
  gates = 'success-rate: {min: 99, over: 10m, minSamples: 500}',
  words = plan,
): Promise<Repository & { readonly now: string; readonly advance: (...words: readonly string[]) => ReturnType<Repository['run']> }> {
  const server = await metricsDouble((response, { fields: { query = '', time = '0' } }) => {
    const value = query.startsWith('time() -') ? '5' : query.startsWith('100 *') || query.includes('100 *') ? rate() : '5000';
    response.setHeader('content-type', 'application/json').end(oneValue(value, Number(time)));
  });
  doubles.push(server);
  const environment = `environment: prod
istio: "1.31"
namespace: bookinfo
prometheus: {default: {url: "${server.url}"}}
gates: {${gates}}
`;
  const repository = await rendered({ 'environments/prod/environment.yaml': environment, [reviewsFile]: reviews(10).replace(plan, words) });
  const merged = Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main'));
  const now = new Date((merged + 7200) * 1000).toISOString().replace('.000', '');
  return { ...repository, now, advance: (...words) => repository.run('rollout', 'advance', '--all', '--now', now, ...words) };
}

describe('gates of a rollout', () => {
  it('that pass let the next step be proposed, and what they saw is recorded and can be judged again', async () => {
    const repository = await measuring(() => '99.9');
    const { code, stdout } = await repository.advance();
    expect([code, stdout]).toEqual([0, expect.stringContaining('prod: reviews v2 gets 50 % instead of 10 %')]);
    const verified = await repository.run('rollout', 'verify', `origin/${branch}`);
    expect(verified.code).toBe(1);
    repository.git('fetch', '-q', 'origin');
    const known = await repository.run('rollout', 'verify', `origin/${branch}`);
    expect(known).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('  success-rate: pass, ') });
    // One number of the record is another: the verdict does not follow from it any more.
    const message = git(repository.remote, 'log', '-1', '--format=%B', branch).replace('"value"', '"value"').replace(',99.9]', ',98]');
    expect(message).toContain(',98]');
    repository.git('commit', '-q', '--allow-empty', '-m', message);
    const forged = await repository.run('rollout', 'verify', 'HEAD');
    expect([forged.code, forged.stdout]).toEqual([2, expect.stringContaining('does NOT follow')]);
  });

  it('that show far more at the canary than anyone agreed to let it go back, also before the step counts as live', async () => {
    const repository = await measuring(
      () => '60',
      'share: {observedShare: true, over: 10m}',
      plan.replace('gates: [success-rate]', 'live: {gate: share}'),
    );
    const { stdout } = await repository.advance();
    expect(stdout).toContain('prod: reviews without its canary v2');
    repository.git('fetch', '-q', 'origin');
    expect(await repository.run('rollout', 'verify', `origin/${branch}`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('share: fail'),
    });
  });

  it('cannot be forged in a commit: all but the answers follows from the base branch', async () => {
    const repository = await measuring(() => '99.9');
    await repository.advance();
    repository.git('fetch', '-q', 'origin');
    const message = git(repository.remote, 'log', '-1', '--format=%B', branch);
    for (const [from, to, said] of [
      [/"min":99/, '"min":1', 'the base branch defines the gate otherwise'],
      [/"percent":10/, '"percent":99', 'the base branch is at another step'],
      [/100 \* /, '1000 * ', 'other queries were asked'],
      [/\nMainsheet-Gate-1:[^\n]*/, '', 'gate success-rate of reviews is recorded 0 times'],
      [/\nMainsheet-Gate-1:/, '\nmainsheet-gate-1:', 'gate success-rate of reviews is recorded 0 times'],
    ] as const) {
      const forged = message.replace(from, to);
      expect(forged).not.toBe(message);
      repository.git('commit', '-q', '--allow-empty', '-m', forged);
      expect(await repository.run('rollout', 'verify', 'HEAD')).toMatchObject({ code: 2, stdout: expect.stringContaining(said) });
    }
  });

  it('that fail let the way back be proposed, which stays when they recover, until a person decides', async () => {
    let rate = '93';
    const repository = await measuring(() => rate);
    const { code, stdout } = await repository.advance();
    expect([code, stdout]).toEqual([0, expect.stringContaining('prod: reviews without its canary v2')]);
    const tip = git(repository.remote, 'rev-parse', branch);
    expect(git(repository.remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Step,valueonly)', branch)).toBe('rollback');
    rate = '100';
    expect((await repository.advance()).stdout).toContain('goes back (pull request 1)');
    expect((await repository.run('rollout', 'status', '--now', repository.now)).stdout).toContain('goes back (pull request 1)');
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
    repository.merge(branch);
    expect((await repository.run('rollout', 'status')).stdout).toBe('no rollout is on the way\n');
  });

  it('that fail again after a squash let the way back be proposed again', async () => {
    const repository = await measuring(() => '93');
    for (const round of [1, 2]) {
      expect(await repository.advance()).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringContaining(`pull request  ${round} created`),
      });
      repository.git('fetch', '-q', 'origin');
      repository.git('checkout', '-q', '-f', 'main');
      repository.git('reset', '-q', '--hard', 'origin/main');
      repository.git('merge', '-q', '--squash', `origin/${branch}`);
      repository.land('Squash');
      git(repository.remote, 'branch', '-D', branch);
      repository.git('revert', '--no-edit', 'HEAD');
      repository.git('push', '-q', 'origin', 'HEAD:main');
    }
  });

  it('that fail, of a way back that a person closed, are told as refused until a person asks for it', async () => {
    const repository = await measuring(() => '93');
    await repository.advance();
    const page = (number: number) => join(repository.remote, `mainsheet/pull-requests/${number}.md`);
    const close = (number: number) =>
      writeFileSync(page(number), readFileSync(page(number), 'utf8').replace('state: "open"', 'state: "closed"'));
    close(1);
    const refused = {
      code: 4,
      stdout: expect.stringContaining('1 stays closed: a person closed this content'),
      stderr: expect.stringMatching(
        /^error: prod\/reviews is not taken back \(gate success-rate.*\): a person closed pull request 1\. To go back: mainsheet rollout rollback reviews --env prod\n$/,
      ),
    };
    expect(await repository.advance()).toMatchObject(refused);
    expect(await repository.advance('--dry-run')).toMatchObject(refused);
    expect(await repository.run('rollout', 'rollback', 'reviews', '-m', 'errors')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('2 created'),
    });
    expect((await repository.advance()).code, 'and the scheduled run leaves that').toBe(0);
    close(2);
    expect((await repository.advance()).stderr).toContain('a person closed pull request 2');
    expect(await repository.run('rollout', 'rollback', 'reviews', '--direct')).toMatchObject({ code: 0, stderr: '' });
    expect(repository.show('main', reviewsFile)).not.toContain('canary:');
  });

  it('that say nothing let nothing happen, and a step that was proposed waits', async () => {
    let rate = '99.9';
    const repository = await measuring(() => rate);
    await repository.advance();
    rate = 'NaN';
    const { code, stdout } = await repository.advance();
    expect([code, stdout]).toEqual([0, expect.stringContaining('prod/reviews: gate success-rate: inconclusive')]);
    const statuses = () => {
      const tip = git(repository.remote, 'rev-parse', branch);
      const folder = readdirSync(repository.remote, { recursive: true, encoding: 'utf8' });
      const file = folder.find((path) => path.endsWith(`${tip}.json`)) ?? '';
      return readFileSync(join(repository.remote, file), 'utf8');
    };
    expect(statuses()).toContain('inconclusive');
    rate = '99.9';
    expect((await repository.advance()).code).toBe(0);
    expect(statuses()).toContain('nothing keeps it from being merged');
    await Promise.all(doubles.splice(0).map((one) => one.close()));
    expect((await repository.advance()).stdout).toContain('prod/reviews: gate success-rate: error');
  });
});
