import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitServer, missing as missingServer, startGitServer } from './git-server.ts';
import { answered, type Counter, durations, openMetrics, scrapeSeconds } from './istio-history.ts';
import { missingPrograms, type RealPrometheus, startPrometheus } from './prometheus-server.ts';
import { predictedBytes, whatIsMerged } from './rollout-bytes.ts';
import { isoTime, type RolloutWorld, rolloutWorld } from './rollout-world.ts';

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
    const branch = 'mainsheet/prod/reviews';
    const planned = play.here('rollout', 'plan', 'reviews', '--version', 'v3', ...now(begin));
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    const predicted = predictedBytes(play, 'reviews', 'v3', begin);
    console.log(planned.stdout, predicted.map(({ step }) => step));

    const started = play.here('rollout', 'start', 'reviews', '--version', 'v3', ...now(begin));
    console.log(started);
    expect(started).toMatchObject({ code: 0, stderr: '' });
    const proposed = play.here('propose');
    console.log(proposed);
    expect(proposed).toMatchObject({ code: 0, stderr: '' });
    play.git('fetch', '-q');
    console.log(play.show(branch, reviewsFile), readFileSync(join(play.bare, 'mainsheet/pull-requests/1.md'), 'utf8'));
    play.merge(branch, begin + minute);
    for (const at of [2, 5, 37, 51]) {
      console.log(at, play.job('rollout', 'advance', '--all', ...now(begin + at * minute)).stdout);
      if (at === 5) { play.git('fetch', '-q'); console.log(play.show(branch, reviewsFile), readFileSync(join(play.bare, 'mainsheet/pull-requests/2.md'), 'utf8')); play.merge(branch, begin + 6 * minute);}
    }
    console.log(readFileSync(join(play.bare, 'mainsheet/pull-requests/3.md'), 'utf8'));
    console.log(whatIsMerged(play, 'main'));
  });
});
