import { describe, expect, it } from 'vitest';
import type { MetricPurpose } from '../../../src/model/measurement.ts';
import type { GateDefinition, GateSubject } from '../../../src/model/rollout.ts';
import { gateQueries } from '../../../src/rollout/gates/gate-queries.ts';
import { reviews, share, successRate, without } from './gate-examples.ts';

function asked(definition: GateDefinition, subject: GateSubject = reviews): Partial<Record<MetricPurpose, string>> {
  return Object.fromEntries((gateQueries(definition, subject).value ?? []).map(({ purpose, query }) => [purpose, query]));
}

function faults(definition: GateDefinition, subject: GateSubject = reviews): readonly string[] {
  return gateQueries(definition, subject).diagnostics.map(({ code, message, hints }) => [code, message, ...hints].join(' '));
}

const orders: GateDefinition = {
  ...successRate,
  name: 'orders',
  measure: { kind: 'query', query: 'sum(rate(orders_total{version="{{version}}"}[{{over}}]))' },
};

const v2 = 'reporter=~"source|waypoint",destination_service="reviews.bookinfo.svc.cluster.local",destination_version="v2"';
const v1 = v2.replace('"v2"', '"v1"');

describe('the queries of a built-in gate', () => {
  it('M13 pin the version, as callers see it', () => {
    expect(asked({ ...successRate, measure: { kind: 'request-volume' } }).value).toContain(`rate(istio_requests_total{${v2}}[10m])`);
    expect(asked(share).value).toBe(
      `100 * (sum(rate(istio_requests_total{${v2}}[10m])) or vector(0)) / sum(rate(istio_requests_total{${v2}}[10m]) or rate(istio_requests_total{${v1}}[10m]))`,
    );
  });

  it('M02 take no series of successes, or of failures, for none of them', () => {
    expect(asked(successRate).value).toMatch(
      /^100 \* \(sum\(.*\) or vector\(0\)\) \/ \(\(sum\(.*\) or vector\(0\)\) \+ \(sum\(.*\) or vector\(0\)\)\)$/,
    );
  });

  it('M08 see the first failure of a caller, and count none of stable’s from before the window', () => {
    const { value, baseline } = asked({ ...successRate, compare: 'stable' });
    const failed = `istio_requests_total{${v2},response_code!~"[1-4].."}`;
    expect(value).toContain(`${failed} unless ${failed} offset 10m or increase(${failed}[10m])`);
    expect(baseline).not.toContain('unless');
  });

  it('are, for a success rate, successes over successes and failures', () => {
    const good = [
      `increase(istio_requests_total{${v2},request_protocol!="grpc",response_code=~"[1-4].."}[10m])`,
      `increase(istio_requests_total{${v2},request_protocol="grpc",response_code=~"[1-4]..",grpc_response_status=~"0|1|3|5|6|7|8|9|10|11|16"}[10m])`,
    ];
    const bad = [
      `istio_requests_total{${v2},response_code!~"[1-4].."}`,
      `istio_requests_total{${v2},request_protocol="grpc",response_code=~"[1-4]..",grpc_response_status!~"0|1|3|5|6|7|8|9|10|11|16"}`,
      'istio_requests_total{reporter=~"source|waypoint",destination_service=~"reviews\\\\.bookinfo(\\\\.svc(\\\\.cluster\\\\.local)?)?(:[0-9]+)?",destination_version="unknown",destination_canonical_revision!="v1",response_code=~"0|5..",response_flags!~"(.+,)?(FI|DI|RL|RLSE|UAEX)(,.+)?"}',
      'istio_requests_total{reporter=~"source|waypoint",destination_service=~"reviews(:[0-9]+)?",source_workload_namespace="bookinfo",destination_version="unknown",destination_canonical_revision!="v1",response_code=~"0|5..",response_flags!~"(.+,)?(FI|DI|RL|RLSE|UAEX)(,.+)?"}',
    ].map((text) => `${text} unless ${text} offset 10m or increase(${text}[10m])`);
    const successes = `(sum(${good.join(' or ')}) or vector(0))`;
    expect(asked(successRate).value).toBe(`100 * ${successes} / (${successes} + (sum(${bad.join(' or ')}) or vector(0)))`);
  });

  it('leave requests that were never sent out of latencies', () => {
    const latency: GateDefinition = { ...successRate, measure: { kind: 'latency', quantile: 0.99 } };
    expect(asked(latency).value).toMatch(
      /^histogram_quantile\(0\.99, sum by \(le\) \(rate\(istio_request_duration_milliseconds_bucket\{.*response_flags!~"\(\.\+,\)\?\(UH\|NC\)/,
    );
  });

  it('M05 have no threshold in them', () => {
    for (const measure of [
      { kind: 'success-rate' },
      { kind: 'latency', quantile: 0.99 },
      { kind: 'request-volume' },
      { kind: 'observed-share' },
    ] as const) {
      const queries = asked({ ...successRate, min: 12.345, max: 98.765, compare: 'stable', measure });
      expect(Object.values(queries).join()).not.toMatch(/12\.345|98\.765|[<>]/);
    }
  });

  it('ask for what a verdict needs, and no more', () => {
    expect(Object.keys(asked(successRate))).toEqual(['value', 'samples', 'freshness']);
    expect(Object.keys(asked({ ...successRate, compare: 'stable' }))).toEqual([
      'value',
      'samples',
      'freshness',
      'baseline',
      'baseline-samples',
    ]);
    expect(Object.keys(asked({ ...share, compare: 'stable' }))).toEqual(['value', 'samples', 'freshness']);
  });

  it('ask the same of stable', () => {
    const { baseline } = asked({ ...successRate, compare: 'stable' });
    expect(baseline).toContain(v1);
    expect(baseline).not.toContain('"v2"');
  });

  it('count failures that tell no version against the canary, unless they are known to be of stable', () => {
    const { value = '', baseline = '' } = asked({ ...successRate, compare: 'stable' });
    expect(value).toContain('destination_version="unknown",destination_canonical_revision!="v1",response_code=~"0|5.."');
    expect(baseline).toContain('destination_version="unknown",destination_canonical_revision="v1",response_code=~"0|5.."');
    const helm = { ...reviews, stable: { ...reviews.stable, revision: '1.4.2' } };
    expect(asked(successRate, helm).value).toContain('destination_canonical_revision!="1.4.2"');
  });

  it('take no failure for stable’s by a revision that proxies write where they know none', () => {
    const latest = { ...reviews, stable: { version: 'latest', label: 'latest' } };
    expect(asked({ ...successRate, compare: 'stable' }, latest).value).not.toContain('destination_canonical_revision');
    expect(asked({ ...successRate, compare: 'stable' }, latest).baseline).not.toContain('unknown');
  });

  it('know a missing subset by the Host header, a bare name in its own namespace only', () => {
    const { value } = asked(successRate);
    expect(value).toContain(
      'destination_service=~"reviews\\\\.bookinfo(\\\\.svc(\\\\.cluster\\\\.local)?)?(:[0-9]+)?",destination_version="unknown"',
    );
    expect(value).toContain('destination_service=~"reviews(:[0-9]+)?",source_workload_namespace="bookinfo"');
    expect(asked(successRate, { ...reviews, host: 'api.example.com' }).value).toContain(
      'destination_service=~"api\\\\.example\\\\.com(:[0-9]+)?"',
    );
  });

  it('read copies where they arrive', () => {
    const { value = '' } = asked(successRate, { ...reviews, percent: 0, mirror: 10 });
    expect(value).toContain('reporter=~"destination|waypoint"');
    expect(value).not.toContain('unknown');
    expect(asked(successRate, { ...reviews, percent: 5, mirror: 10 }).value).toContain('reporter=~"source|waypoint"');
  });

  it('count connections of TCP, which has no durations', () => {
    const tcp: GateSubject = { ...reviews, protocol: 'tcp' };
    expect(asked(successRate, tcp).value).toContain('istio_tcp_connections_opened_total{');
    expect(faults({ ...successRate, name: 'latency-p99', measure: { kind: 'latency', quantile: 0.99 } }, tcp)).toEqual([
      'MS7112 the gate `latency-p99` measures how long requests take, but reviews is a TCP service',
    ]);
  });

  it('carry the labels of the gate', () => {
    for (const query of Object.values(asked({ ...successRate, compare: 'stable', labels: { cluster: 'a"b' } }))) {
      expect(query.match(/\{/g)?.length).toBe(query.match(/cluster="a\\"b"/g)?.length);
    }
  });

  it('escape what a label may hold', () => {
    const odd = { ...reviews, canary: { version: 'v2', label: 'a"b\\c\n}' } };
    expect(asked(share, odd).samples).toContain('destination_version="a\\"b\\\\c\\u000a}"');
  });

  it('are refused for a version without a label', () => {
    const { label: _, ...canary } = reviews.canary;
    expect(faults(successRate, { ...reviews, canary })).toEqual([
      'MS7101 the gate `success-rate` cannot tell v2 of reviews from other versions: it has no `version` label',
    ]);
  });
});

describe('the queries of a gate of one’s own', () => {
  it('bind the canary for the value, and stable for the baseline', () => {
    const { value, baseline } = asked({ ...orders, compare: 'stable' });
    expect(value).toBe('sum(rate(orders_total{version="v2"}[10m]))');
    expect(baseline).toBe('sum(rate(orders_total{version="v1"}[10m]))');
  });

  it('bind every variable there is', () => {
    const query =
      'sum(x{a="{{version}}",b="{{stable}}",c="{{service}}",d="{{host}}",e="{{namespace}}",f="{{environment}}"}) / {{percent}} / {{over}}';
    expect(asked({ ...orders, measure: { kind: 'query', query } }).value).toBe(
      'sum(x{a="v2",b="v1",c="reviews",d="reviews.bookinfo.svc.cluster.local",e="bookinfo",f="prod"}) / 5 / 600',
    );
  });

  it('M03 M07 know the age of what the query reads', () => {
    const query =
      'sum(rate(orders_failed{v="{{version}}"}[5m] offset 1m)) / on () sum by (le) (rate({__name__=~"orders_.+"}[5m])) + min(stock)';
    const newest = ['orders_failed{v="v2"}', '{__name__=~"orders_.+"}', 'stock'].map(
      (one, i) =>
        `label_replace(max(timestamp(${one})) or max(max_over_time(timestamp(${one})[10m:30s])) - 120, "selector", "${i}", "", "")`,
    );
    expect(asked({ ...orders, measure: { kind: 'query', query } }).freshness).toBe(`time() - min(${newest.join(' or ')})`);
    expect(asked({ ...orders, measure: { kind: 'query', query: 'sum(rate(stock[1m]))' } }).freshness).toBe(
      'time() - max(timestamp(stock))',
    );
    expect(asked({ ...orders, measure: { kind: 'query', query: 'vector(1)' } }).freshness).toContain(v2);
  });

  it('M13 count the canary’s requests, or what `samples` says', () => {
    expect(asked(orders).samples).toContain(`increase(istio_requests_total{${v2}}[10m])`);
    const own = {
      ...orders,
      measure: { kind: 'query', query: 'sum(x)', samples: 'sum(increase(orders_total{version="{{version}}"}[1h]))' },
    } as const;
    expect(asked(own).samples).toBe('sum(increase(orders_total{version="v2"}[1h]))');
    expect(faults(own, { ...reviews, canary: { version: 'v2' } })).toEqual([]);
    expect(faults(orders, { ...reviews, canary: { version: 'v2' } })[0]).toContain('MS7101');
  });

  it.each([
    [
      'sum(x{v="{{verison}}"})',
      'MS7103 the gate `orders` asks for `{{verison}}`; there is `{{version}}`, `{{stable}}`, `{{service}}`, `{{host}}`, `{{namespace}}`, `{{environment}}`, `{{percent}}` and `{{over}}` did you mean `version`?',
    ],
    ['sum({{version}})', 'MS7104 `{{version}}` of the gate `orders` has to stand in the quoted value of a label'],
    ['sum(x', 'MS7102 the query of the gate `orders` cannot be read from `(x` on'],
    ['sum(x{a="b)', 'MS7102 the query of the gate `orders` cannot be read from `"b)` on'],
  ])('refuse %s', (query, message) => {
    expect(faults({ ...orders, measure: { kind: 'query', query } })).toEqual([message]);
  });

  it('say where the gate is defined', () => {
    const at = { file: 'environments/prod/environment.yaml', document: 0, pointer: '/gates/orders' };
    expect(gateQueries({ ...without(orders), measure: { kind: 'query', query: 'sum(' } }, reviews, at).diagnostics[0]?.at).toEqual(at);
  });
});
