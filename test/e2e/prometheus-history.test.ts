import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheus } from '../../src/metrics/prometheus.ts';
import type { MetricsSource } from '../../src/model/measurement.ts';
import type { GateDefinition, GateEvidence, GateSubject } from '../../src/model/rollout.ts';
import { evidenceHolds, parseEvidence, printEvidence } from '../../src/rollout/gates/evidence-text.ts';
import { gateQueries } from '../../src/rollout/gates/gate-queries.ts';
import { judgeGate } from '../../src/rollout/gates/judge-gate.ts';
import { liveRange, liveSince, shareHolds } from '../../src/rollout/gates/live-since.ts';
import { answered, type Counter, durations, hostOf, noEndpoint, openMetrics, scrapeSeconds } from './istio-history.ts';
import { missingPrograms, type RealPrometheus, startPrometheus } from './prometheus-server.ts';

const missing = missingPrograms();

/** An hour of history, long enough ago never to be the future. */
const end = 1_790_000_400;
const start = end - 3600;
const intervals = 3600 / scrapeSeconds;

const every =
  (count: number): Counter['added'] =>
  () =>
    count;
/** From so many minutes before the end on. */
const since =
  (minutes: number, count: number, before = 0): Counter['added'] =>
  (interval) =>
    interval > intervals - minutes * 4 ? count : before;

/** Which service shows what. Each interval is 15 s: 100 per interval are 4,000 in ten minutes. */
const requests: readonly Counter[] = [
  ...service('healthy', { v1: every(950), v2: every(50) }),
  ...service('failing', { v1: every(950), v2: every(45) }),
  { labels: answered('failing', 'v2', { response_code: '500' }), added: every(5) },
  ...service('quiet', { v1: every(950), v2: (interval) => (interval % 40 === 0 ? 1 : 0) }),
  ...service('silent', { v1: every(950) }),
  ...service('empty', { v1: every(950) }),
  { labels: noEndpoint('empty'), added: every(50) },
  ...service('missing', { v1: every(950) }),
  { labels: { ...noEndpoint('missing'), destination_service: 'missing:9080', response_flags: 'NC' }, added: every(50) },
  // Five in a hundred time out: no response says who did not answer.
  ...service('hanging', { v1: every(950), v2: every(95) }),
  {
    labels: answered('hanging', 'unknown', { destination_canonical_revision: 'v2', response_code: '504', response_flags: 'UT' }),
    added: every(5),
  },
  // The same of stable, which is not the canary's fault.
  ...service('stable-hangs', { v1: every(900), v2: every(50) }),
  {
    labels: answered('stable-hangs', 'unknown', { destination_canonical_revision: 'v1', response_code: '504', response_flags: 'UT' }),
    added: every(50),
  },
  // Faults that were asked for.
  ...service('injected', { v1: every(950), v2: every(50) }),
  { labels: { ...noEndpoint('injected'), response_flags: 'FI' }, added: every(50) },
  ...service('stopped', { v1: every(950), v2: (interval) => (interval < intervals - 12 ? 50 : undefined) }),
  ...service('recovered', { v1: every(950), v2: every(50) }),
  { labels: answered('recovered', 'v2', { response_code: '503' }), added: since(30, 0, 20) },
  ...service('lately', { v1: every(950), v2: every(50) }),
  { labels: answered('lately', 'v2', { response_code: '503' }), added: (interval) => (interval > intervals - 4 ? 40 : undefined) },
  // Twenty callers, each with one failure that is there from the first scrape on.
  ...service('first-failures', { v1: every(950), v2: every(20) }),
  ...Array.from(
    { length: 20 },
    (_, caller): Counter => ({
      labels: answered('first-failures', 'v2', { response_code: '503', pod: `productpage-${caller}` }),
      added: (interval) => (interval < intervals - 20 ? undefined : interval === intervals - 20 ? 1 : 0),
    }),
  ),
  { labels: answered('rpc', 'v1', { request_protocol: 'grpc', grpc_response_status: '0' }), added: every(950) },
  { labels: answered('rpc', 'v2', { request_protocol: 'grpc', grpc_response_status: '0' }), added: every(45) },
  { labels: answered('rpc', 'v2', { request_protocol: 'grpc', grpc_response_status: '14' }), added: every(5) },
  { labels: answered('rpc-asked', 'v1', { request_protocol: 'grpc', grpc_response_status: '0' }), added: every(950) },
  { labels: answered('rpc-asked', 'v2', { request_protocol: 'grpc', grpc_response_status: '5' }), added: every(50) },
  // A mesh that does not keep the code.
  ...['v1', 'v2'].map((version): Counter => ({ labels: answered('codeless', version, { response_code: '' }), added: every(100) })),
  { labels: answered('waypoint', 'v1', { reporter: 'waypoint' }), added: every(950) },
  { labels: answered('waypoint', 'v2', { reporter: 'waypoint' }), added: every(50) },
  { labels: answered('copied', 'v2', { reporter: 'destination' }), added: every(50) },
  ...service('copied', { v1: every(950) }),
  // 5 % until twenty minutes ago, then 25 %.
  ...service('stepping', { v1: since(20, 750, 950), v2: since(20, 250, 50) }),
  // Other cluster, other numbers.
  ...service('shared', { v1: every(950), v2: every(50) }, { cluster: 'west' }),
  { labels: answered('shared', 'v2', { response_code: '500', cluster: 'east' }), added: every(50) },
];

const timed: readonly Counter[] = [
  ...durations(answered('healthy', 'v1'), { 20: 900, 80: 50 }),
  ...durations(answered('healthy', 'v2'), { 20: 45, 80: 5 }),
  ...durations(answered('failing', 'v1'), { 20: 900, 80: 50 }),
  ...durations(answered('failing', 'v2'), { 20: 25, 4000: 25 }),
  ...durations(answered('hanging', 'v2'), { 20: 95 }),
  ...durations(answered('hanging', 'unknown', { destination_canonical_revision: 'v2', response_code: '504', response_flags: 'UT' }), {
    15000: 5,
  }),
  ...durations(answered('empty', 'v1'), { 20: 950 }),
  ...durations(noEndpoint('empty'), { 0: 50 }),
];

const orders: readonly Counter[] = ['a', 'b'].map((pod) => ({ labels: { version: 'v2', pod }, added: every(10) }));

/** Errors of which nothing is known since three minutes, or seven, before the end; orders go on. */
const errors: readonly Counter[] = [
  { labels: { version: 'behind' }, added: (interval) => (interval < intervals - 12 ? 1 : undefined) },
  { labels: { version: 'ended' }, added: (interval) => (interval < intervals - 28 ? 1 : undefined) },
  { labels: { version: 'kept' }, added: every(1) },
];
const sales: readonly Counter[] = ['behind', 'ended', 'kept', 'faultless'].map((version) => ({ labels: { version }, added: every(100) }));

const gate: GateDefinition = {
  name: 'success-rate',
  provider: 'default',
  measure: { kind: 'success-rate' },
  min: 99,
  compare: 'absolute',
  tolerance: 0,
  over: 600,
  minSamples: 500,
  warmUp: 0,
};
const { min: _, ...unbounded } = gate;
const latency: GateDefinition = { ...unbounded, name: 'latency-p99', measure: { kind: 'latency', quantile: 0.99 }, max: 200 };
const againstStable: GateDefinition = { ...gate, min: -0.5, compare: 'stable' };
const share: GateDefinition = { ...unbounded, name: 'share', measure: { kind: 'observed-share' } };

function subject(name: string, words: Partial<GateSubject> = {}): GateSubject {
  return {
    environment: 'prod',
    service: name,
    host: hostOf(name),
    namespace: 'bookinfo',
    stable: { version: 'v1', label: 'v1' },
    canary: { version: 'v2', label: 'v2' },
    percent: 5,
    hasFixedTraffic: false,
    ...words,
  };
}

function service(
  name: string,
  versions: Readonly<Record<string, Counter['added']>>,
  labels: Readonly<Record<string, string>> = {},
): readonly Counter[] {
  return Object.entries(versions).map(([version, added]) => ({ labels: answered(name, version, labels), added }));
}

describe.skipIf(missing.length > 0)(
  `gates on an hour of history in a real Prometheus${missing.length > 0 ? ` (not installed: ${missing.join(', ')})` : ''}`,
  () => {
    let server: RealPrometheus;
    let source: MetricsSource;

    beforeAll(async () => {
      const families = {
        istio_requests_total: requests,
        istio_request_duration_milliseconds_bucket: timed,
        orders_total: orders,
        errors_total: errors,
        sales_total: sales,
      };
      server = await startPrometheus({ history: openMetrics(families, start, end) });
      source = prometheus({ name: 'default', url: server.url }, { variables: {}, compareClocks: false });
    }, 120_000);

    afterAll(async () => {
      await server?.stop();
    });

    async function judged(definition: GateDefinition, about: GateSubject, at = end): Promise<GateEvidence> {
      const queries = gateQueries(definition, about);
      expect(queries.diagnostics).toEqual([]);
      const evidence = judgeGate(definition, about, await source.measure(queries.value ?? [], at), at);
      const read = parseEvidence(printEvidence(evidence));
      expect('evidence' in read && evidenceHolds(read.evidence)).toBe(true);
      return evidence;
    }

    const verdict = async (definition: GateDefinition, about: GateSubject, at = end): Promise<string> => {
      const { outcome, reason, detail } = await judged(definition, about, at);
      return `${outcome}: ${reason}: ${detail}`;
    };

    it.each([
      ['healthy', 'pass: within-bounds: 100 %'],
      ['failing', 'fail: below-minimum: 90 %; at least 99 % is asked'],
      ['quiet', 'inconclusive: too-few-samples: 1 samples of the canary in the window; at least 500 are needed'],
      ['silent', 'inconclusive: no-data: there is no series of it right now'],
      ['nowhere', 'inconclusive: no-data'],
      ['empty', 'fail: below-minimum: 0 %'],
      ['missing', 'fail: below-minimum: 0 %'],
      ['hanging', 'fail: below-minimum: 95 %'],
      ['stable-hangs', 'pass: within-bounds: 100 %'],
      ['injected', 'pass: within-bounds: 100 %'],
      ['stopped', 'inconclusive: stale: the newest sample is 195 s old'],
      ['recovered', 'pass: within-bounds: 100 %'],
      ['lately', 'fail: below-minimum: 9'],
      ['first-failures', 'fail: below-minimum: 97'],
      ['rpc', 'fail: below-minimum: 90 %'],
      ['rpc-asked', 'pass: within-bounds: 100 %'],
      ['codeless', 'fail: below-minimum: 0 %'],
      ['waypoint', 'pass: within-bounds: 100 %'],
    ])('the success rate of a canary that is %s', async (name, expected) => {
      expect(await verdict(gate, subject(name))).toContain(expected);
    });

    it('the success rate of copies is read where they arrive', async () => {
      expect(await verdict(gate, subject('copied', { percent: 0, mirror: 5 }))).toContain('pass: within-bounds: 100 %');
      expect(await verdict(gate, subject('copied'))).toContain('inconclusive: no-data');
    });

    it('the success rate is of one cluster, where several share a Prometheus', async () => {
      expect(await verdict(gate, subject('shared'))).toContain('fail: below-minimum: 50 %');
      expect(await verdict({ ...gate, labels: { cluster: 'west' } }, subject('shared'))).toContain('pass');
      expect(await verdict({ ...gate, labels: { cluster: 'east' } }, subject('shared'))).toContain('fail');
      expect(await verdict({ ...gate, labels: { cluster: 'north' } }, subject('shared'))).toContain('inconclusive: no-data');
    });

    it.each([
      ['healthy', 'pass: within-bounds: 0 points above stable (canary 100 %, stable 100 %)'],
      ['failing', 'fail: below-minimum: 10 points below stable (canary 90 %, stable 100 %)'],
      ['stable-hangs', 'pass: within-bounds: 5.263 points above stable'],
      ['quiet', 'inconclusive: too-few-samples'],
    ])('against stable: %s', async (name, expected) => {
      expect(await verdict(againstStable, subject(name))).toContain(expected);
    });

    it('against a stable version that gets nothing, it holds', async () => {
      const turned = subject('copied', { percent: 0, mirror: 5 });
      expect(await verdict(againstStable, turned)).toContain('inconclusive: no-baseline');
    });

    it.each([
      ['healthy', 'pass: within-bounds: 95 ms'],
      ['failing', 'fail: above-maximum: '],
      ['hanging', 'fail: above-maximum: 2'],
      ['empty', 'inconclusive: no-data'],
    ])('the latency of a canary that is %s', async (name, expected) => {
      expect(await verdict(latency, subject(name))).toContain(expected);
    });

    it('the volume of requests', async () => {
      const volume: GateDefinition = { ...gate, name: 'request-volume', measure: { kind: 'request-volume' }, min: 3 };
      expect(await verdict(volume, subject('healthy'))).toContain('pass: within-bounds: 3.333 requests/s');
      expect(await verdict({ ...volume, min: 4 }, subject('healthy'))).toContain('inconclusive: low-traffic');
    });

    it.each([
      ['sum(rate(orders_total{version="{{version}}"}[{{over}}]))', 'pass: within-bounds: 1.333'],
      ['rate(orders_total{version="{{version}}"}[{{over}}])', 'inconclusive: several-series'],
      ['orders_total{version="{{version}}"}[5m]', 'inconclusive: wrong-type'],
      ['"orders"', 'inconclusive: wrong-type'],
      ['sum(orders_total) / (sum(orders_total) - sum(orders_total))', 'inconclusive: infinite'],
      ['(sum(orders_total) - sum(orders_total)) / 0', 'inconclusive: not-a-number'],
      ['sum(rate(orders_totl{version="{{version}}"}[{{over}}]))', 'inconclusive: no-data'],
      ['scalar(orders_totl)', 'inconclusive: no-data'],
      ['sum(rate(orders_total[{{over}}])) > 5', 'inconclusive: no-data'],
      ['sum(orders_total', 'refused'],
      ['sum(orders_total{version="{{version}}"}) by', 'error: query-refused'],
      ['sum(rate(orders_total))', 'error: query-refused'],
    ])('a query of one’s own: %s', async (query, expected) => {
      const custom: GateDefinition = { ...gate, name: 'orders', measure: { kind: 'query', query }, min: 1 };
      const seen =
        expected === 'refused'
          ? gateQueries(custom, subject('healthy'))
              .diagnostics.map(({ code }) => code)
              .join()
          : await verdict(custom, subject('healthy'));
      expect(seen).toContain(expected === 'refused' ? 'MS7102' : expected);
    });

    it.each([
      ['kept', 'pass: within-bounds'],
      ['faultless', 'pass: within-bounds'],
      ['behind', 'inconclusive: stale'],
      ['ended', 'inconclusive: stale'],
    ])('M07 of two metrics of a query the fresh one does not hide the other: %s', async (version, expected) => {
      const query = `(sum(rate(errors_total{version="${version}"}[10m])) or vector(0)) / sum(rate(sales_total{version="${version}"}[10m]))`;
      const custom: GateDefinition = { ...gate, name: 'errors', measure: { kind: 'query', query }, min: 0 };
      expect(await verdict(custom, subject('healthy'))).toContain(expected);
    });

    it.each([
      ['healthy', { percent: 5 }, 'pass: within-bounds: 5 % of'],
      ['healthy', { percent: 25, previousPercent: 5 }, 'inconclusive: share-below'],
      ['healthy', { percent: 1 }, 'fail: share-above'],
      ['healthy', { percent: 1, hasFixedTraffic: true }, 'pass'],
      ['silent', { percent: 5 }, 'inconclusive: share-below'],
      ['empty', { percent: 5 }, 'inconclusive: share-below'],
    ] as const)('the share of %s at %o', async (name, words, expected) => {
      expect(await verdict(share, subject(name, words))).toContain(expected);
    });

    it('a step is live since its share is there, not since its merge', async () => {
      const live = async (about: GateSubject, mergedAt: number, now: number): Promise<number | undefined> => {
        const brief: GateDefinition = { ...share, over: 120, minSamples: 100 };
        const queries = gateQueries(brief, about).value ?? [];
        const ask = (purpose: string) => liveRange(queries.find((one) => one.purpose === purpose)?.query ?? '', brief.over, mergedAt, now);
        const [values, samples] = await source.measureRange([ask('value'), ask('samples')]);
        if (values === undefined || samples === undefined || 'absence' in values || 'absence' in samples) throw new Error('no range');
        const { step } = ask('value');
        return liveSince(shareHolds(brief, about, values.samples, samples.samples), { mergedAt, now, step, over: brief.over });
      };
      const to25 = subject('stepping', { percent: 25, previousPercent: 5 });
      const stepped = end - 20 * 60;
      // Merged 40 minutes ago, seen 20 minutes ago, as soon as the window is full of it.
      const found = (await live(to25, end - 2400, end)) ?? 0;
      expect(found - stepped).toBeGreaterThanOrEqual(0);
      expect(found - stepped).toBeLessThanOrEqual(120);
      expect(await live(to25, end - 2400, stepped - 60)).toBeUndefined();
      expect(await live(subject('stepping'), end - 3000, stepped)).toBeLessThanOrEqual(end - 2970);
      expect(await live(subject('stepping'), end - 3000, end)).toBeUndefined();
      expect(await live(subject('silent'), end - 3000, end)).toBeUndefined();
    });
  },
);
