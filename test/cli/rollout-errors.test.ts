import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type MetricsDouble, metricsDouble, oneValue } from '../metrics/metrics-double.ts';
import { git, type Repository, rendered, reviewsFile } from './propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const details = 'environments/prod/details.yaml';
const service = 'service: details\nport: 9080\nversions: [v1]\n';
const plan = 'rollout: {steps: [10, 50, 100], soak: 1h, gates: [success-rate], assumeReady: true}\n';
const canary = 'canary: {version: v2, percent: 10}\n';
const reviews = (words = canary, rollout = plan) => `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}${rollout}`;
const doubles: MetricsDouble[] = [];

afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

type Advancing = Repository & { readonly now: readonly string[]; readonly advance: () => ReturnType<Repository['run']> };

/** prod, whose canary has had 10 % for two hours, and a metrics server that measures this rate of success. */
async function measuring(rate: () => string, more: Readonly<Record<string, string>> = {}): Promise<Advancing> {
  const server = await metricsDouble((response, { fields: { query = '', time = '0' } }) => {
    const value = query.startsWith('time() -') ? '5' : query.includes('100 *') ? rate() : '5000';
    response.setHeader('content-type', 'application/json').end(oneValue(value, Number(time)));
  });
  doubles.push(server);
  const repository = await rendered({
    'environments/prod/environment.yaml': `environment: prod
istio: "1.31"
namespace: bookinfo
prometheus: {default: {url: "${server.url}"}}
gates: {success-rate: {min: 99, over: 10m, minSamples: 500}}
`,
    [reviewsFile]: reviews(),
    [details]: service,
    ...more,
  });
  const merged = Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main'));
  const now = ['--now', new Date((merged + 7200) * 1000).toISOString().replace('.000', '')];
  return { ...repository, now, advance: () => repository.run('rollout', 'advance', '--all', ...now) };
}

const step = (remote: string) => git(remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Step,valueonly)', branch);

async function isVerified(repository: Repository): Promise<void> {
  repository.git('fetch', '-q', 'origin');
  expect(await repository.run('rollout', 'verify', `origin/${branch}`)).toMatchObject({ code: 0, stderr: '' });
}

/** The proposed commit with another text in one file, and a trailer that says so. */
async function verifiedWith(repository: Repository, path: string, text: string): ReturnType<Repository['run']> {
  const message = repository.git('log', '-1', '--format=%B', `origin/${branch}`);
  repository.git('checkout', '-q', '--detach', `origin/${branch}`);
  repository.put(path, text);
  repository.git('add', '-A');
  const tree = repository.git('write-tree');
  repository.git('commit', '-q', '--amend', '-m', message.replace(/^Mainsheet-Tree: .*$/m, `Mainsheet-Tree: ${tree}`));
  const told = await repository.run('rollout', 'verify', 'HEAD');
  repository.git('checkout', '-q', 'main');
  return told;
}

describe('a rollout whose environment has errors', () => {
  const faults: readonly (readonly [string, string, string])[] = [
    ['a word of a neighbour that there is not', `${service}bogus: 1\n`, 'MS1040'],
    ['a version of a neighbour that there is not', `${service}stable: v9\n`, 'MS2001'],
  ];

  it.each(faults)('goes back by itself when a gate fails, over the step that is proposed: %s', async (_, fault, code) => {
    let rate = '99.9';
    const repository = await measuring(() => rate);
    await repository.advance();
    expect(step(repository.remote)).toBe('canary-50');
    repository.put(details, fault);
    repository.land('a slip');
    rate = '60';
    const told = await repository.run('rollout', 'status', ...repository.now);
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining(code) });
    expect(told.stdout).toContain('goes back (pull request 1)');
    expect(told.stdout).toContain('prod/reviews: goes back: gate success-rate failed');
    const back = await repository.advance();
    expect(back).toMatchObject({ code: 1, stderr: expect.stringContaining(code) });
    expect(back.stdout).toContain('prod: reviews without its canary v2');
    expect(step(repository.remote)).toBe('rollback');
    expect(git(repository.remote, 'diff', '--name-only', `main...${branch}`)).toBe(`${reviewsFile}\nrendered/prod/service/reviews.yaml`);
    expect(repository.show(branch, 'rendered/prod/service/reviews.yaml')).not.toContain('weight');
    const tip = git(repository.remote, 'rev-parse', branch);
    expect((await repository.advance()).stdout).toContain('goes back (pull request 1)');
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
    await isVerified(repository);
    // What is wrong with the neighbour is no part of the way back, even if it is mended by the way.
    expect(await verifiedWith(repository, details, `${fault}timeout: 3s\n`)).toMatchObject({
      code: 2,
      stdout: expect.stringContaining(`it changes ${details}, which is no part of the step`),
    });
    expect((await repository.run('rollout', 'rollback', 'reviews', '--dry-run')).stdout).toContain('prod: reviews without its canary v2');
  });

  it('takes no step forward, says why, and keeps one that was proposed from being merged by itself', async () => {
    const repository = await measuring(() => '99.9');
    await repository.advance();
    const tip = git(repository.remote, 'rev-parse', branch);
    repository.put(details, `${service}bogus: 1\n`);
    repository.land('a slip');
    const waits = await repository.advance();
    expect(waits).toMatchObject({ code: 1, stderr: expect.stringContaining('MS1040') });
    const why = `the environment has errors: MS1040 ${details}:4`;
    expect(waits.stdout).toContain(`prod/reviews: ${why}\n`);
    expect((await repository.run('rollout', 'status', ...repository.now)).stdout).toContain(`prod/reviews: ${why}\n`);
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
    const report = readdirSync(repository.remote, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(`${tip}.json`)) ?? '';
    expect(readFileSync(join(repository.remote, report), 'utf8')).toContain(why);
    repository.put(details, service);
    repository.land('mended');
    expect(await repository.advance()).toMatchObject({ code: 0, stdout: expect.stringContaining('50 % instead of 10 %') });
  });

  it('goes back from what its own intent said before, where that is what is wrong', async () => {
    const repository = await measuring(() => '60');
    repository.put(reviewsFile, reviews().replace('port:', 'prot:'));
    repository.land('a slip');
    expect((await repository.advance()).stdout).toContain('prod: reviews without its canary v2');
    expect(repository.show(branch, reviewsFile)).toBe(reviews('').trimEnd());
    const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page).toContain(`- **Can't be compiled** as it is on the base branch: \`${reviewsFile}\``);
    await isVerified(repository);
    expect(await verifiedWith(repository, reviewsFile, reviews('timeout: 3s\n'))).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('timeout of service reviews is "3s", and after rollback it has to be not there'),
    });
  });

  it('is not held by a word in an intent that can not be compiled: a failed gate keeps it where it is', async () => {
    const repository = await measuring(() => '60', { [reviewsFile]: reviews(canary, plan.replace('soak:', 'onFailure: hold, soak:')) });
    repository.put(details, `${service}bogus: 1\n`);
    repository.land('a slip');
    const { stdout } = await repository.advance();
    expect(stdout).toContain('prod/reviews: the environment has errors: MS1040');
    expect(stdout).toContain('prod/reviews: gate success-rate: fail');
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
  });
});

describe('errors of one environment', () => {
  const dev = 'environments/dev/environment.yaml';
  const broken = 'environments/dev/details.yaml';
  const devFiles = { [dev]: 'environment: dev\nistio: "1.31"\nnamespace: bookinfo\n', [broken]: service };

  it('stop no rollout of another', async () => {
    const repository = await measuring(() => '99.9', devFiles);
    repository.put(broken, `${service}bogus: 1\n`);
    repository.land('a slip');
    const due = await repository.advance();
    expect(due).toMatchObject({ code: 1, stderr: expect.stringContaining('MS1040') });
    expect(due.stdout).toContain('prod: reviews v2 gets 50 % instead of 10 %');
    const told = await repository.run('rollout', 'status', ...repository.now);
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('MS1040') });
    expect(told.stdout).toContain('reviews at 50 % (pull request 1)');
  });

  it('close no step that is proposed there', async () => {
    const repository = await measuring(() => '99.9');
    await repository.advance();
    repository.put(reviewsFile, 'service: [\n');
    repository.land('a slip');
    await repository.advance();
    expect(readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8')).not.toContain('closed');
  });

  it('let no version begin after it of which it is not known that it is stable there', async () => {
    const short = 'rollout: {steps: [10, 100], soak: 1h, assumeReady: true}\n';
    const isStable = (version: string) => `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: ${version}\n${short}`;
    const file = 'environments/dev/reviews.yaml';
    const repository = await rendered({
      ...devFiles,
      'mainsheet.yaml': 'order: [{environment: dev, soak: 1h}, prod]\n',
      [file]: isStable('v1'),
      'environments/prod/environment.yaml': 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n',
      [reviewsFile]: reviews('', short.replace('}', ', queued: v2}')),
    });
    const advance = () => repository.run('rollout', 'advance', '--all', '--env', 'prod', '--now', '2027-11-24T12:00:00Z');
    repository.put(file, `${isStable('v2')}bogus: 1\n`);
    repository.land('a slip');
    expect(await advance()).toMatchObject({ code: 0, stdout: expect.stringContaining('v2 is not stable in dev') });
    repository.put(file, isStable('v2'));
    await repository.run('render');
    repository.land('stable');
    repository.put(broken, `${service}bogus: 1\n`);
    repository.land('a slip of another');
    expect((await advance()).stdout).toContain('prod: reviews v2 gets 10 %');
  });
});
