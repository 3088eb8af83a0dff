import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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

/** From half an hour after the second step on, one in ten requests to the new version fails. */
const detailsLive: Steps = [
  [3, 5],
  [48, 25],
  [90, 0],
];
const detailsFail: Steps = [
  [-60, 0],
  [60, 2.5],
  [90, 0],
];
const ratingsLive: Steps = [
  [2, 10],
  [60, 0],
];
const ratingsFail: Steps = [
  [-60, 0],
  [20, 1],
  [60, 0],
];
const productpageLive: Steps = [
  [4, 10],
  [60, 0],
];
const failed = { response_code: '500' };

const requests: readonly Counter[] = [
  { labels: answered('reviews', 'v2'), added: shareOf(rest(reviewsLive)) },
  { labels: answered('reviews', 'v3'), added: shareOf(reviewsLive) },
  { labels: answered('details', 'v1'), added: shareOf(rest(detailsLive)) },
  { labels: answered('details', 'v2'), added: shareOf(detailsLive) },
  { labels: answered('details', 'v2', failed), added: shareOf(detailsFail) },
  { labels: answered('ratings', 'v1'), added: shareOf(rest(ratingsLive)) },
  { labels: answered('ratings', 'v2'), added: shareOf(ratingsLive) },
  { labels: answered('ratings', 'v2', failed), added: shareOf(ratingsFail) },
  { labels: answered('productpage', 'v1'), added: shareOf(rest(productpageLive)) },
  { labels: answered('productpage', 'v2'), added: shareOf(productpageLive) },
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
const file = (name: string) => `environments/prod/services/${name}.yaml`;
const service = (name: string, words: string) => `service: ${name}\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}`;

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
      {
        'environments/prod/environment.yaml': environment(prometheus.url, more),
        'environments/prod/cluster/mongodb.yaml': deployment('mongodb', 'v1'),
        ...files,
      },
      begin - 30 * 24 * hour,
    );

  const now = (at: number): readonly string[] => ['--now', isoTime(at)];

  it('goes from the start to the retirement of the old version as it was predicted, and every merge tells why it may be', () => {
    const play = world('whole', {
      [reviewsFile]: reviews,
      [file('ratings')]: service('ratings', ''),
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
      expect({ step: next?.step, files: whatIsMerged(play, 'main') }).toEqual({
        step: step === 'expand' ? 'canary-5-expand' : step,
        files: next?.files,
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

  it('goes back when the success rate falls, in a freeze, to the bytes that were there before, and stays there', () => {
    const play = world(
      'failing',
      {
        [file('details')]: service(
          'details',
          'rollout: {steps: [5, 25, 50, 100], soak: 30m, gates: [success-rate], live: {gate: share}}\n',
        ),
        [file('ratings')]: service('ratings', ''),
        'environments/prod/cluster/details.yaml': deployment('details', 'v2'),
      },
      'guardrails: {freeze: [{cron: "5 9 * * *", for: 3h, reason: the release party}]}\n',
    );
    const branch = 'mainsheet/prod/details';
    const good = whatIsMerged(play, 'main');
    const all = (minutes: number) => play.job('rollout', 'advance', '--all', ...now(begin + minutes * minute));
    expect(play.here('rollout', 'start', 'details', '--version', 'v2', ...now(begin))).toMatchObject({ code: 0, stderr: '' });
    expect(play.here('propose')).toMatchObject({ code: 0, stderr: '' });
    play.merge(branch, begin + minute);
    expect(all(45).stdout).toContain('prod: details v2 gets 25 % instead of 5 %');
    play.merge(branch, begin + 46 * minute);
    // It does well until an hour after the start, but has not soaked.
    expectNothingNew(play, () => all(59));
    const back = all(75);
    expect(back).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('prod: details without its canary v2') });
    expectNothingNew(play, () => all(76));
    expect(changedFiles(play, `main...${branch}`)).toEqual([file('details'), 'rendered/prod/service/details.yaml']);
    const verified = play.here('rollout', 'verify', tip(play, branch));
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ {2}success-rate: fail, /m) });
    expectHonestBody(play, 'details');
    play.merge(branch, begin + 77 * minute);
    expect(whatIsMerged(play, 'main')).toEqual(good);
    expect(play.here('render', '--check')).toMatchObject({ code: 0 });
    for (const minutes of [78, 200, 30 * 24 * 60])
      expectNothingNew(play, () => {
        const ended = all(minutes);
        expect(ended.stdout).toBe('no rollout is on the way\n');
        return ended;
      });
  });

  it('moves a train, providers first, and takes all of it back in one commit when one fails', () => {
    const play = world('train', {
      [file('ratings')]: service('ratings', ''),
      [file('productpage')]: service('productpage', 'dependsOn: [ratings]\n'),
      [file('details')]: service('details', ''),
      'environments/prod/cluster/all.yaml': `${deployment('ratings', 'v2')}---\n${deployment('productpage', 'v2')}`,
      'environments/prod/trains/stars.yaml':
        'train: stars\nservices: {productpage: v2, ratings: v2}\nrollout: {steps: [10, 100], soak: 30m, gates: [success-rate]}\n',
    });
    const good = whatIsMerged(play, 'main');
    const all = (minutes: number) => play.job('rollout', 'advance', '--all', ...now(begin + minutes * minute));
    expect(play.here('rollout', 'start', 'stars', ...now(begin))).toMatchObject({ code: 0, stderr: '' });
    const first = play.here('propose');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const train = 'mainsheet/prod/train+stars';
    expect(branchesOf(play)).toEqual([train]);
    expect(changedFiles(play, `main...${train}`)).toEqual([file('ratings'), 'rendered/prod/service/ratings.yaml']);
    play.merge(train, begin + minute);
    const second = all(2);
    expect(second).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('productpage v2 gets 10 %') });
    expect(branchesOf(play)).toEqual([train]);
    expect(changedFiles(play, `main...${train}`)).toEqual([file('productpage'), 'rendered/prod/service/productpage.yaml']);
    play.merge(train, begin + 3 * minute);
    expectNothingNew(play, () => all(15));
    const back = all(40);
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(changedFiles(play, `main...${train}`)).toEqual([
      ...['productpage', 'ratings'].map(file),
      ...['productpage', 'ratings'].map((name) => `rendered/prod/service/${name}.yaml`),
    ]);
    expect(play.git('log', '-1', '--format=%B', tip(play, train))).toContain('gate success-rate of ratings failed');
    play.merge(train, begin + 41 * minute);
    expect(whatIsMerged(play, 'main')).toEqual(good);
    expectNothingNew(play, () => all(60));
  });

  it('remembers users through all steps, and nobody at the end', () => {
    const plan = 'rollout: {steps: [10, 50, 100], soak: 30m, sticky: {maxAge: 24h, mesh: true}, assumeReady: true}\n';
    const play = world('sticky', { [file('ratings')]: service('ratings', plan) });
    const branch = 'mainsheet/prod/ratings';
    const predicted = predictedBytes(play, 'ratings', 'v2', begin);
    expect(play.here('rollout', 'start', 'ratings', '--version', 'v2', ...now(begin))).toMatchObject({ code: 0, stderr: '' });
    // Callers in the mesh rarely keep cookies, which is said.
    expect(play.here('propose')).toMatchObject({ code: 0, stderr: expect.stringContaining('MS3008') });
    const words: string[] = [];
    let at = begin;
    for (const { files } of predicted) {
      at += minute;
      play.merge(branch, at);
      expect(whatIsMerged(play, 'main')).toEqual(files);
      words.push(/sticky: \{(.*?)\}.*\n$/.exec(play.show('main', file('ratings')).split('canary:')[1] ?? '')?.[1] ?? '');
      at += 30 * minute;
      play.job('rollout', 'advance', '--all', ...now(at));
    }
    const id = /id: ([0-9a-f"]+)/.exec(words[0] ?? '')?.[1];
    expect(words.map((text) => text.replaceAll(id ?? '?', 'ID'))).toEqual([
      'cookie: ratings-version, maxAge: 24h, mesh: true, id: ID',
      'cookie: ratings-version, maxAge: 24h, mesh: true, id: ID, seen: [10]',
      'cookie: ratings-version, maxAge: 24h, mesh: true, id: ID, seen: [10, 50]',
      '',
    ]);
    expect(play.show('main', 'rendered/prod/service/ratings.yaml')).not.toContain('ratings-version');
  });

  it('does what a person decides in between', () => {
    const play = world('people', {
      [file('reviews')]: service('reviews', 'rollout: {steps: [10, 50, 100], soak: 1h, assumeReady: true}\n'),
    });
    const branch = 'mainsheet/prod/reviews';
    let at = begin;
    const all = (minutes: number) => play.job('rollout', 'advance', '--all', ...now(at + minutes * minute));
    const proposedAndMerged = () => {
      expect(play.here('propose')).toMatchObject({ code: 0, stderr: '' });
      at += minute;
      play.merge(branch, at);
    };
    expect(play.here('rollout', 'start', 'reviews', '--version', 'v2', ...now(begin))).toMatchObject({ code: 0 });
    proposedAndMerged();
    const started = at;

    expect(play.here('rollout', 'hold', 'reviews', '--reason', 'the web team is away')).toMatchObject({ code: 0 });
    proposedAndMerged();
    expectNothingNew(play, () => all(120));
    expect(all(120).stdout).toContain('held: the web team is away');
    expect(play.here('rollout', 'resume', 'reviews')).toMatchObject({ code: 0 });
    proposedAndMerged();
    // Neither the hold nor its end begins the soak anew.
    at = started + 60 * minute;
    const due = all(0);
    expect(due.stdout).toContain('prod: reviews v2 gets 50 % instead of 10 %');

    // A person closes it: it is not opened again.
    const [page = ''] = openPages(play);
    writeFileSync(page, readFileSync(page, 'utf8').replace('state: "open"', 'state: "closed"'));
    expectNothingNew(play, () => all(60));
    expect(openPages(play)).toEqual([]);

    // A person chooses another share, and merges that: the next step is the plan's, and soaks anew.
    play.git('checkout', '-q', '--', '.');
    play.git('pull', '-q', '--ff-only');
    play.put(file('reviews'), play.show('main', file('reviews')).replace('percent: 10', 'percent: 30'));
    expect(play.here('render')).toMatchObject({ code: 0 });
    at += 90 * minute;
    play.land('thirty percent', at);
    expectNothingNew(play, () => all(59));
    // What was closed is what it comes to again: it stays closed until the person opens it.
    expectNothingNew(play, () => all(60));
    expect(all(60).stdout).toContain('closed');
    writeFileSync(page, readFileSync(page, 'utf8').replace('state: "closed"', 'state: "open"'));
    expect(all(60).stdout).toContain('prod: reviews v2 gets 50 % instead of 30 %');
    expect(openPages(play)).toEqual([page]);
    expect(readFileSync(page, 'utf8')).toContain('v2 30 %');

    // A person's commit on the branch: it is left alone, with one comment.
    play.git('fetch', '-q', '--prune');
    play.git('checkout', '-q', '--detach', `origin/${branch}`);
    play.git('commit', '-q', '--allow-empty', '-m', 'a thought');
    play.git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
    play.git('checkout', '-q', 'main');
    play.git('commit', '-q', '--allow-empty', '-m', 'something else');
    play.git('push', '-q', 'origin', 'main');
    const own = tip(play, branch);
    expect(all(61)).toMatchObject({ code: 0 });
    expect(tip(play, branch)).toBe(own);
    expect(readdirSync(join(play.bare, 'mainsheet/pull-requests/comments'))).toHaveLength(1);
    expectNothingNew(play, () => all(62));

    // And yet there is a way back at any time, on the base branch itself where that is asked for.
    expect(play.job('rollout', 'rollback', 'reviews', '--direct')).toMatchObject({ code: 0 });
    expect(play.show('main', file('reviews'))).not.toContain('canary');
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
  expect(openPull(play)).toMatch(/^## Traffic$|^\*\*No request changes\.\*\*$/m);
  const rows = traffic.split('\n').filter((line) => line.startsWith('| `'));
  expect((told.stdout.match(/^\| (?!requests)[^-|]*\|/gm) ?? []).length).toBe(rows.length);
  for (const row of rows) {
    const [, place = '', requests = '', ...cells] = row.split('|').map((cell) => cell.trim());
    for (const words of [`### ${place.replaceAll('`', '')}`, `| ${requests}`, cells.slice(0, 3).join(' | ')])
      expect(told.stdout).toContain(words);
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
  if (gates.length > 0) expect(statuses).toContain('nothing keeps it from being merged');
}

/** Files of pull requests that are open. */
function openPages({ bare }: RolloutWorld): readonly string[] {
  const folder = join(bare, 'mainsheet/pull-requests');
  const pages = readdirSync(folder).filter((name) => /^\d+\.md$/.test(name));
  return pages.map((name) => join(folder, name)).filter((page) => readFileSync(page, 'utf8').includes('\nstate: "open"\n'));
}

function branchesOf(play: RolloutWorld): readonly string[] {
  play.git('fetch', '-q', '--prune');
  const names = play.git('branch', '-r', '--format=%(refname:lstrip=3)', '--list', 'origin/mainsheet/*');
  return names.split('\n').filter((name) => name !== '');
}

/** Paths that differ between two commits of the server. */
function changedFiles(play: RolloutWorld, range: string): readonly string[] {
  const [from = '', to = ''] = range.split('...');
  play.git('fetch', '-q', '--prune');
  return play.git('diff', '--name-only', `origin/${from}...origin/${to}`).split('\n');
}
