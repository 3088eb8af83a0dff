import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitServer, missing as missingServer, startGitServer } from './git-server.ts';
import { answered, type Counter, durations, openMetrics, scrapeSeconds } from './istio-history.ts';
import { missingPrograms, type RealPrometheus, startPrometheus } from './prometheus-server.ts';
import { predictedBytes, tip, whatIsMerged } from './rollout-bytes.ts';
import { type Ended, isoTime, type RolloutWorld, rolloutWorld } from './rollout-world.ts';

const absent = [...missingPrograms(), ...(missingServer === undefined ? [] : [missingServer])];
const title = absent.length === 0 ? 'a rollout, merge by merge' : `a rollout, merge by merge: skipped, needs ${absent.join(', ')}`;

const minute = 60;
const hour = 60 * minute;
/** A Tuesday, before there was anything to roll out. */
const begin = Date.parse('2026-09-22T08:00:00Z') / 1000;
const before = begin - hour;
const end = begin + 6 * hour;

/** Requests that a version answers, of 1,000 in each 15 s, by the minutes since which it has that share. */
function shareOf(steps: readonly (readonly [since: number, percent: number])[], part = 1): Counter['added'] {
  return (interval) => {
    const now = before + interval * scrapeSeconds - begin;
    const [, percent] = steps.findLast(([since]) => since * minute < now) ?? [0, 0];
    return Math.round(percent * 10 * part);
  };
}

type Steps = Parameters<typeof shareOf>[0];
const rest = (steps: Steps): Steps => [[-60, 100], ...steps.map(([since, percent]) => [since, 100 - percent] as const)];

/** When each merge of the play is live: two minutes after it. */
const reviewsLive: Steps = [
  [8, 5],
  [54, 25],
  [130, 50],
  [176, 100],
];

const requests: readonly Counter[] = [
  { labels: answered('reviews', 'v2'), added: shareOf(rest(reviewsLive)) },
  { labels: answered('reviews', 'v3'), added: shareOf(reviewsLive) },
];

const environment = (url: string, more = '') => `environment: prod
istio: "1.31"
namespace: bookinfo
registry: [cluster]
prometheus: {default: {url: "${url}"}}
gates:
  success-rate: {min: 99, over: 10m, minSamples: 200}
  latency-p99: {max: 400ms, over: 10m, minSamples: 200}
  share: {observedShare: true, over: 2m, minSamples: 171}
${more}`;

const deployment = (name: string, version: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}-${version}, namespace: bookinfo}
spec:
  selector: {matchLabels: {app: ${name}, version: ${version}}}
  template: {metadata: {labels: {app: ${name}, version: ${version}}}}
`;

const reviewsFile = 'environments/prod/services/reviews.yaml';
const reviews = `# who is asked for stars
service: reviews
port: 9080
versions: [v2]   # those that run
stable: v2
rollout:
  steps: [5, {percent: 25, soak: 1h}, 50, 100] # carefully
  soak: 30m
  gates: [success-rate, latency-p99]
  live: {gate: share}
  retire: 24h
`;
const ratings = 'service: ratings\nport: 9080\nversions: [v1]\nstable: v1\n';

describe.skipIf(absent.length > 0)(title, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-play-')));
  let server: GitServer;
  let prometheus: RealPrometheus;
  beforeAll(async () => {
    server = await startGitServer(folder);
    const latencies = [...durations(answered('reviews', 'v2'), { 40: 500 }), ...durations(answered('reviews', 'v3'), { 60: 50 })];
    const history = openMetrics({ istio_requests_total: requests, istio_request_duration_milliseconds_bucket: latencies }, before, end);
    prometheus = await startPrometheus({ history });
  });
  afterAll(async () => {
    server.stop();
    await prometheus.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const world = (name: string, files: Readonly<Record<string, string>>, more = ''): RolloutWorld =>
    rolloutWorld(
      folder,
      server.host,
      name,
      { 'environments/prod/environment.yaml': environment(prometheus.url, more), ...files },
      begin - 30 * 24 * hour,
    );

  const now = (at: number): readonly string[] => ['--now', isoTime(at)];

  it('goes from the start to the retirement of the old version as it was predicted, and every merge tells why it may be', () => {
    const play = world('whole', {
      [reviewsFile]: reviews,
      'environments/prod/services/ratings.yaml': ratings,
      'environments/prod/cluster/reviews.yaml': deployment('reviews', 'v3'),
    });
    const planned = play.here('rollout', 'plan', 'reviews', '--version', 'v3', ...now(begin));
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    const predicted = predictedBytes(play, 'reviews', 'v3', begin);
    const merged: string[] = [];
    let at = begin;
    const mergeNext = (proposed: Ended, step: string, gates: readonly string[]) => {
      expect([proposed.code, proposed.stderr]).toEqual([0, '']);
      expectNothingNew(play, () => play.job('rollout', 'advance', '--all', ...now(at)));
      expectHonestBody(play, 'reviews');
      expectRecorded(play, 'reviews', step, gates);
      at += minute;
      play.merge('mainsheet/prod/reviews', at);
      expect(play.here('render', '--check')).toMatchObject({ code: 0 });
      const next = predicted[merged.length];
      expect({ step: next?.step, files: withoutOthers(whatIsMerged(play, 'main')) }).toEqual({
        step: step === 'expand' ? 'canary-5-expand' : step,
        files: withoutOthers(next?.files ?? {}),
      });
      expect(planned.stdout).toContain(next?.step);
      merged.push(step);
    };
    /** Nothing until so many minutes after the merge, then the next step. */
    const advance = (waits: number, moves: number): Ended => {
      if (waits > 0) expectNothingNew(play, () => play.job('rollout', 'advance', '--all', ...now(at + waits * minute)));
      at += moves * minute;
      return play.job('rollout', 'advance', '--all', ...now(at));
    };
    const started = play.here('rollout', 'start', 'reviews', '--version', 'v3', ...now(at));
    expect(started).toMatchObject({ code: 0, stderr: '' });
    mergeNext(play.here('propose'), 'expand', []);
    mergeNext(advance(0, 4), 'canary-5-shift', []);
    // Live two minutes after the merge at the soonest, so that 31 minutes after the merge it has not soaked for 30.
    mergeNext(advance(31, 45), 'canary-25', ['success-rate', 'latency-p99']);
    mergeNext(advance(61, 75), 'canary-50', ['success-rate', 'latency-p99']);
    mergeNext(advance(31, 45), 'canary-100', ['success-rate', 'latency-p99']);
    mergeNext(advance(31, 45), 'finish', ['success-rate', 'latency-p99']);
    mergeNext(advance(24 * 60 - 1, 24 * 60), 'retire', []);
    expect(merged).toHaveLength(predicted.length);
    expect(play.show('main', reviewsFile)).toBe(reviews.replace('[v2] ', '[v3] ').replace('stable: v2', 'stable: v3'));
    expect(play.job('rollout', 'advance', '--all', ...now(at + 48 * hour)).stdout).toBe('no rollout is on the way\n');
  });
});

function expectNothingNew(play: RolloutWorld, run: () => Ended): void {
  const before = play.state();
  const ended = run();
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(play.state()).toBe(before);
}

/** What the body says of requests is what the command says, of what the branch has and the main branch has rendered. */
function expectHonestBody(play: RolloutWorld, subject: string): void {
  play.git('checkout', '-q', '--', '.');
  play.git('fetch', '-q', '--prune');
  play.git('checkout', '-q', '--detach', `origin/mainsheet/prod/${subject}`);
  const told = play.here('diff', '--base', 'origin/main', '--format', 'markdown');
  play.git('checkout', '-q', 'main');
  expect(told).toMatchObject({ code: 0, stderr: '' });
  const traffic = /^## Traffic\n([^#]*)/m.exec(openPull(play))?.[1] ?? '';
  const lines = traffic.split('\n').filter((line) => line.startsWith('| `') || line === 'No request changes.');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const [, place = '', requests = '', ...cells] = line.split('|').map((cell) => cell.trim());
    const said = place === '' ? [line] : [`### ${place.replaceAll('`', '')}`, `| ${requests}`, cells.slice(0, 3).join(' | ')];
    for (const words of said) expect(told.stdout).toContain(words);
  }
}

/** The body of the one pull request that is open. */
function openPull({ bare }: RolloutWorld): string {
  const folder = join(bare, 'mainsheet/pull-requests');
  const pages = readdirSync(folder).filter((name) => /^\d+\.md$/.test(name));
  const open = pages.map((name) => readFileSync(join(folder, name), 'utf8')).filter((page) => page.includes('\nstate: "open"\n'));
  // What was merged is known to be when it is looked at again: the newest is the one that is open.
  return open.at(-1) ?? '';
}

/** The commit and its statuses say what gates saw, and that can be judged again. */
function expectRecorded(play: RolloutWorld, subject: string, step: string, gates: readonly string[]): void {
  const commit = tip(play, `mainsheet/prod/${subject}`);
  const message = play.git('log', '-1', '--format=%B', commit);
  expect(message).toContain(`Mainsheet-Step: ${step}\n`);
  const verified = play.here('rollout', 'verify', commit);
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  for (const gate of gates) expect(verified.stdout).toContain(`  ${gate}: pass, `);
  const statuses = readFileSync(join(play.bare, 'mainsheet/pull-requests/statuses', `${commit}.json`), 'utf8');
  for (const gate of gates) expect(statuses).toContain(gate);
}

/** But for files that no rollout touches. */
function withoutOthers(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return files;
}
