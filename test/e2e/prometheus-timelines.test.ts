import { expect, it } from 'vitest';
import { prometheus } from '../../src/metrics/prometheus.ts';
import type { GateDefinition, GateSubject } from '../../src/model/rollout.ts';
import { gateQueries } from '../../src/rollout/gates/gate-queries.ts';
import { judgeGate } from '../../src/rollout/gates/judge-gate.ts';
import { answered, type Counter, hostOf, noEndpoint, openMetrics, scrapeSeconds } from './istio-history.ts';
import { missingPrograms, startPrometheus } from './prometheus-server.ts';

const missing = missingPrograms();
const timelines = Number(process.env.TIMELINES ?? 1000);
const end = 1_790_000_400;
const start = end - 1500;
const intervals = (end - start) / scrapeSeconds;

const gate: GateDefinition = {
  name: 'success-rate',
  provider: 'default',
  measure: { kind: 'success-rate' },
  min: 99,
  compare: 'absolute',
  tolerance: 0,
  over: 600,
  minSamples: 200,
  warmUp: 0,
};

/** What happened, interval by interval, and what of it a gate may see. */
interface Timeline {
  readonly service: string;
  readonly counters: readonly Counter[];
  /** Requests of the canary in the window, and how many of them failed. */
  readonly requests: number;
  readonly failures: number;
  /** Between how many scrapes of the window the canary was there. */
  readonly lived: number;
  /** Seconds since the canary was last seen. */
  readonly age: number;
}

/** Numbers that look random and are the same in each run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function timeline(index: number): Timeline {
  const random = numbers(index + 1);
  const pick = <T>(...choices: readonly [T, ...T[]]): T => choices[Math.floor(random() * choices.length)] ?? choices[0];
  const service = `t${index}`;
  const rate = pick(0, 1, 4, 20, 100, 500);
  const born = pick(0, 0, 0, intervals - 60, intervals - 20, intervals - 5);
  const dies = pick(intervals + 1, intervals + 1, intervals + 1, intervals - 3, intervals - 12, intervals - 25);
  const share = pick(0, 0, 0.001, 0.008, 0.012, 0.05, 0.5, 1);
  const [from, to] = pick<readonly [number, number]>(
    [0, intervals],
    [0, intervals],
    [intervals - 10, intervals],
    [intervals - 30, intervals - 20],
    [0, intervals - 45],
  );
  const kind = pick<'answered' | 'grpc' | 'timeout' | 'empty'>('answered', 'answered', 'grpc', 'timeout', 'empty');
  const callers = pick(1, 1, 5);
  const good: number[][] = [];
  const bad: number[][] = [];
  for (let caller = 0; caller < callers; caller++) {
    const all = Array.from({ length: intervals + 1 }, (_, interval) => (interval < born ? 0 : Math.round(rate * (0.5 + random()))));
    const failing = all.map((count, interval) => (interval < from || interval > to ? 0 : count * share));
    // Whole requests, none lost to rounding.
    let owed = random();
    const failed = failing.map((count) => {
      owed += count;
      const whole = Math.floor(owed);
      owed -= whole;
      return whole;
    });
    good.push(all.map((count, interval) => Math.max(0, count - (failed[interval] ?? 0))));
    bad.push(failed);
  }
  const counters = good.flatMap((added, caller): readonly Counter[] => {
    const pod = { pod: `caller-${caller}` };
    const failure = {
      answered: answered(service, 'v2', { ...pod, response_code: '503' }),
      grpc: answered(service, 'v2', { ...pod, request_protocol: 'grpc', grpc_response_status: '14' }),
      timeout: answered(service, 'unknown', { ...pod, destination_canonical_revision: 'v2', response_code: '504', response_flags: 'UT' }),
      empty: { ...noEndpoint(service), ...pod },
    }[kind];
    return [
      { labels: answered(service, 'v1', pod), added: () => 50 },
      { labels: answered(service, 'v2', pod), added: fromFirst(added, dies) },
      { labels: failure, added: fromFirst(bad[caller] ?? [], dies) },
    ];
  });
  const window = (series: readonly (readonly number[])[]): number =>
    series.reduce((sum, one) => sum + one.slice(intervals - 39, Math.min(dies, intervals + 1)).reduce((a, b) => a + b, 0), 0);
  const failures = window(bad);
  const lived = Math.max(1, Math.min(dies, intervals + 1) - Math.max(born, intervals - 40) - 1);
  return {
    service,
    counters,
    requests: window(good) + failures,
    failures,
    lived,
    age: dies > intervals ? 0 : (intervals - dies + 1) * scrapeSeconds,
  };
}

/** A proxy makes a series with the first request that it counts, and it is gone when the proxy is. */
function fromFirst(added: readonly number[], dies: number): Counter['added'] {
  const first = added.findIndex((count) => count > 0);
  return (interval) => (first === -1 || interval < first || interval >= dies ? undefined : (added[interval] ?? 0));
}

it.skipIf(missing.length > 0)(
  `${timelines} timelines on a real Prometheus: no wrong pass, and no more than 1 % of holds that need not be${missing.length > 0 ? ` (not installed: ${missing.join(', ')})` : ''}`,
  async () => {
    const all = Array.from({ length: timelines }, (_, index) => timeline(index));
    const server = await startPrometheus({
      history: openMetrics({ istio_requests_total: all.flatMap(({ counters }) => counters) }, start, end),
    });
    try {
      const source = prometheus({ name: 'default', url: server.url }, { variables: {}, compareClocks: false });
      const asked = all.map((one) => {
        const queries = gateQueries(gate, subject(one.service)).value ?? [];
        return { one, queries };
      });
      const answers = await source.measure(
        asked.flatMap(({ queries }) => queries),
        end,
      );
      let at = 0;
      const seen = asked.map(({ one, queries }) => {
        const measurements = answers.slice(at, at + queries.length);
        at += queries.length;
        return { one, evidence: judgeGate(gate, subject(one.service), measurements, end) };
      });
      const errors = seen.filter(({ evidence }) => evidence.outcome === 'error');
      const wrongPasses = seen.filter(({ one, evidence }) => evidence.outcome === 'pass' && !mayPass(one));
      const healthy = seen.filter(({ one }) => mustPass(one));
      const wrongHolds = healthy.filter(({ evidence }) => evidence.outcome !== 'pass');
      const failing = seen.filter(({ one }) => one.age === 0 && one.requests > 300 && one.failures > one.requests * 0.02);
      const missedFailures = failing.filter(({ evidence }) => evidence.outcome !== 'fail');
      expect(errors.map(words)).toEqual([]);
      expect(wrongPasses.map(words)).toEqual([]);
      expect(healthy.length).toBeGreaterThan(timelines / 10);
      expect(failing.length).toBeGreaterThan(timelines / 20);
      expect({ share: wrongHolds.length / healthy.length <= 0.01, wrongHolds: wrongHolds.slice(0, 5).map(words) }).toMatchObject({
        share: true,
      });
      expect({ share: missedFailures.length / failing.length <= 0.01, missed: missedFailures.slice(0, 5).map(words) }).toMatchObject({
        share: true,
      });
    } finally {
      await server.stop();
    }
  },
  300_000,
);

/** Prometheus extrapolates counts by half a scrape on each side: those of two scrapes to twice as many, those of a whole window by little. */
function mayPass({ requests, failures, lived, age }: Timeline): boolean {
  return age <= 120 && requests * (1 + 1 / lived) >= gate.minSamples && failures <= requests * (1 + 1 / lived) * 0.01;
}

function mustPass({ requests, failures, age }: Timeline): boolean {
  return age === 0 && requests >= gate.minSamples * 1.2 && failures <= requests * 0.0085;
}

function words({
  one,
  evidence,
}: {
  readonly one: Timeline;
  readonly evidence: { readonly outcome: string; readonly reason: string; readonly detail: string };
}): string {
  return `${one.service}: ${one.failures} of ${one.requests} failed, ${one.age} s old: ${evidence.outcome}, ${evidence.reason}, ${evidence.detail}`;
}

function subject(service: string): GateSubject {
  return {
    environment: 'prod',
    service,
    host: hostOf(service),
    namespace: 'bookinfo',
    stable: { version: 'v1', label: 'v1' },
    canary: { version: 'v2', label: 'v2' },
    percent: 5,
    hasFixedTraffic: false,
  };
}
