import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheus } from '../../src/metrics/prometheus.ts';
import type { MetricsSource } from '../../src/model/measurement.ts';
import type { GateDefinition, GateEvidence, GateSubject } from '../../src/model/rollout.ts';
import { gateQueries } from '../../src/rollout/gates/gate-queries.ts';
import { judgeGate } from '../../src/rollout/gates/judge-gate.ts';
import { answered, hostOf } from './istio-history.ts';
import { missingPrograms, type RealPrometheus, startPrometheus, until } from './prometheus-server.ts';

const missing = missingPrograms();

/** A proxy's metrics, as the test says. */
interface Exporter {
  mode: 'ok' | '500' | 'hang' | 'garbage';
  good: number;
  bad: number;
}

const gate: GateDefinition = {
  name: 'success-rate',
  provider: 'default',
  measure: { kind: 'success-rate' },
  min: 99,
  compare: 'absolute',
  tolerance: 0,
  over: 30,
  minSamples: 1,
  maxAge: 2,
  warmUp: 0,
};

const reviews: GateSubject = {
  environment: 'prod',
  service: 'reviews',
  host: hostOf('reviews'),
  namespace: 'bookinfo',
  stable: { version: 'v1', label: 'v1' },
  canary: { version: 'v2', label: 'v2' },
  percent: 5,
  hasFixedTraffic: false,
};

describe.skipIf(missing.length > 0)(
  `gates on what a real Prometheus scrapes now${missing.length > 0 ? ` (not installed: ${missing.join(', ')})` : ''}`,
  () => {
    const exporter: Exporter = { mode: 'ok', good: 0, bad: 0 };
    let target: Server;
    let server: RealPrometheus;
    let source: MetricsSource;

    beforeAll(async () => {
      target = createServer((_, response) => {
        exporter.good += 100;
        if (exporter.mode === 'hang') return;
        if (exporter.mode === '500') response.statusCode = 500;
        response.setHeader('content-type', 'text/plain; version=0.0.4');
        response.end(exporter.mode === 'garbage' ? 'not metrics {{{' : page(exporter));
      });
      await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
      const address = target.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server = await startPrometheus({ targets: [`127.0.0.1:${port}`] });
      source = prometheus({ name: 'default', url: server.url }, { variables: {}, compareClocks: true });
    }, 120_000);

    afterAll(async () => {
      await server?.stop();
      target?.closeAllConnections();
      target?.close();
    });

    async function judged(definition: GateDefinition = gate): Promise<GateEvidence> {
      const now = Date.now() / 1000;
      return judgeGate(definition, reviews, await source.measure(gateQueries(definition, reviews).value ?? [], now), now);
    }

    const becomes = (outcome: string, definition?: GateDefinition) =>
      until(async () => {
        const seen = await judged(definition);
        return `${seen.outcome}: ${seen.reason}` === outcome;
      });

    it('a healthy canary passes, by a clock that is the server’s', async () => {
      await becomes('pass: within-bounds');
      const { skew, queries } = await judged();
      expect(Math.abs(skew ?? 99)).toBeLessThan(10);
      expect(queries.map(({ purpose, answer }) => [purpose, typeof answer])).toEqual([
        ['value', 'number'],
        ['samples', 'number'],
        ['freshness', 'number'],
      ]);
    });

    it('M12 a clock that is an hour off holds', async () => {
      for (const now of [Date.now() / 1000 - 3600, Date.now() / 1000 + 3600]) {
        const evidence = judgeGate(gate, reviews, await source.measure(gateQueries(gate, reviews).value ?? [], now), now);
        expect(evidence.reason).toBe('clock-skew');
      }
    });

    it.each(['hang', '500', 'garbage'] as const)(
      'M07 a target that answers with %s holds, and passes again when it is well',
      async (mode) => {
        await becomes('pass: within-bounds');
        exporter.mode = mode;
        await becomes('inconclusive: no-data');
        exporter.mode = 'ok';
        await becomes('pass: within-bounds');
      },
    );

    it('a canary that begins to fail fails', async () => {
      exporter.bad = 1_000_000;
      await becomes('fail: below-minimum');
    });

    it('M11 a query that never ends is given up, whatever the server’s own limit', async () => {
      const endless: GateDefinition = { ...gate, measure: { kind: 'query', query: 'sum(sum_over_time(up[100y:1ms]))' } };
      const impatient = prometheus(
        { name: 'default', url: server.url },
        { variables: {}, compareClocks: true, limits: { deadlineMilliseconds: 3000 } },
      );
      const now = Date.now() / 1000;
      const [value] = gateQueries(endless, reviews).value ?? [];
      if (value === undefined) throw new Error('no query');
      const [answer] = await impatient.measure([value], now);
      expect(answer?.answer).toBe('timeout');
    });
  },
);

function page({ good, bad }: Exporter): string {
  const line = (labels: Readonly<Record<string, string>>, count: number) =>
    `istio_requests_total{${Object.entries(labels)
      .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
      .join(',')}} ${count}\n`;
  const failures = bad === 0 ? '' : line(answered('reviews', 'v2', { response_code: '503' }), bad);
  return `# TYPE istio_requests_total counter\n${line(answered('reviews', 'v2'), good)}${line(answered('reviews', 'v1'), good * 19)}${failures}`;
}
