import type { MetricQuery } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject } from '../../model/rollout.ts';
import { hasFlag, type Matcher, neverSent, type Selector, selectorText, trafficOf, type VersionTraffic } from './istio-selectors.ts';
import { defaultMaxAge } from './judge-gate.ts';
import { promDuration } from './promql-text.ts';

/**
 * Queries of a gate on Istio's standard metrics. Thresholds are never in them: a comparison in PromQL answers nothing both where it fails and
 * where there is no data.
 */
export function builtinQueries(definition: GateDefinition, subject: GateSubject): readonly MetricQuery[] {
  const { canary, stable } = trafficOf(subject, definition.labels ?? {});
  const metric = metricOf(subject);
  const window = promDuration(definition.over);
  if (definition.measure.kind === 'observed-share') {
    const both = [canary.answered, stable.answered];
    const query = `100 * (${sum('rate', metric, [canary.answered], window)} or vector(0)) / ${sum('rate', metric, both, window)}`;
    return [
      { purpose: 'value', query },
      { purpose: 'samples', query: sum('increase', metric, both, window) },
      freshnessQuery(both.map((one) => selectorText(metric, one))),
    ];
  }
  const value: MetricQuery = { purpose: 'value', query: measured(definition, subject, canary, 'canary') };
  const support = trafficQueries(definition, subject);
  if (definition.compare === 'absolute') return [value, ...support];
  return [
    value,
    ...support,
    { purpose: 'baseline', query: measured(definition, subject, stable, 'stable') },
    { purpose: 'baseline-samples', query: sum('increase', metric, allOf(stable), window) },
  ];
}

/** How many requests there are of the canary (for `of: 'stable'`, of the stable version), and how fresh the count is. */
export function trafficQueries(
  definition: GateDefinition,
  subject: GateSubject,
  of: 'canary' | 'stable' = 'canary',
): readonly MetricQuery[] {
  const requests = allOf(trafficOf(subject, definition.labels ?? {})[of]);
  const metric = metricOf(subject);
  return [
    { purpose: 'samples', query: sum('increase', metric, requests, promDuration(definition.over)) },
    freshnessQuery(requests.map((one) => selectorText(metric, one))),
  ];
}

/**
 * Seconds since the newest sample of any of these selectors. A target that does not answer a scrape loses its series at once: this is empty
 * then. Of a selector alone does Prometheus tell the time of samples; of anything else, `timestamp` is the time of asking.
 */
export function freshnessQuery(selectors: readonly string[]): MetricQuery {
  return { purpose: 'freshness', query: `time() - max(${selectors.map((one) => `timestamp(${one})`).join(' or ')})` };
}

/**
 * Seconds since the newest sample of the selector that is furthest behind: of a query that divides one metric by another, a fresh one must not hide
 * one that stopped. A selector without any series in the window has no age: what its absence means is the query's matter (`or vector(0)`). One whose
 * series ended within the window still counts in it, and is too old whenever it ended: its age is taken from the window, and more than is allowed.
 */
export function oldestQuery(selectors: readonly string[], { over, maxAge = defaultMaxAge }: GateDefinition): MetricQuery {
  if (selectors.length < 2) return freshnessQuery(selectors);
  // Prometheus looks back 5 minutes for a sample: points no further apart than that find every series.
  const window = `[${promDuration(over)}:${promDuration(over > 6 * 3600 ? 300 : 30)}]`;
  const newest = selectors.map(
    (one, i) =>
      `label_replace(max(timestamp(${one})) or max(max_over_time(timestamp(${one})${window})) - ${maxAge}, "selector", "${i}", "", "")`,
  );
  return { purpose: 'freshness', query: `time() - min(${newest.join(' or ')})` };
}

function measured({ measure, over }: GateDefinition, subject: GateSubject, traffic: VersionTraffic, of: 'canary' | 'stable'): string {
  const metric = metricOf(subject);
  const window = promDuration(over);
  switch (measure.kind) {
    case 'latency': {
      const timed = [traffic.answered, ...traffic.silent.map((one): Selector => [...one, ['response_flags', '!~', hasFlag(neverSent)]])];
      return `histogram_quantile(${measure.quantile}, ${sum('rate', 'istio_request_duration_milliseconds_bucket', timed, window, ' by (le) ')})`;
    }
    case 'request-volume':
      return sum('rate', metric, allOf(traffic), window);
    default:
      return successRate(subject, traffic, window, of);
  }
}

/**
 * Success is counted, and failure is: a label that a mesh does not keep makes the rate 0, not 100. No series of failures means none, so each
 * of both counts 0 where there is nothing; without any request 0 / 0 is NaN.
 */
function successRate(subject: GateSubject, { answered, silent }: VersionTraffic, window: string, of: 'canary' | 'stable'): string {
  const metric = metricOf(subject);
  const { good, bad } = outcomes(subject, answered);
  const failed = [...bad, ...silent];
  const succeeded = `(${sum('increase', metric, good, window)} or vector(0))`;
  const failures = of === 'canary' ? sumFromBirth(metric, failed, window) : sum('increase', metric, failed, window);
  return `100 * ${succeeded} / (${succeeded} + (${failures} or vector(0)))`;
}

/**
 * A counter's first value is no increase to Prometheus: the first failure that each of many callers sees would not be seen. So a series that
 * was not there when the window began counts as a whole. Only for failures, and of the canary: what it errs by is never in its favour.
 */
function sumFromBirth(metric: string, selectors: readonly Selector[], window: string): string {
  const counted = selectors
    .map((one) => selectorText(metric, one))
    .map((text) => `${text} unless ${text} offset ${window} or increase(${text}[${window}])`);
  return `sum(${counted.join(' or ')})`;
}

/**
 * No answer (code 0: the caller gave up) is no success. gRPC answers 200 and tells a failure in its status; those that are the server's fault
 * are OpenTelemetry's for servers: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. A status that is not known
 * is no success either. https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
 */
function outcomes(
  { protocol }: GateSubject,
  answered: Selector,
): { readonly good: readonly Selector[]; readonly bad: readonly Selector[] } {
  if (protocol === 'tcp')
    return { good: [[...answered, ['response_flags', '=', '-']]], bad: [[...answered, ['response_flags', '!=', '-']]] };
  const grpc: Matcher = ['request_protocol', '=', 'grpc'];
  const code: Matcher = ['response_code', '=~', '[1-4]..'];
  const statuses = '0|1|3|5|6|7|8|9|10|11|16';
  return {
    good: [
      [...answered, ['request_protocol', '!=', 'grpc'], code],
      [...answered, grpc, code, ['grpc_response_status', '=~', statuses]],
    ],
    bad: [
      [...answered, ['response_code', '!~', '[1-4]..']],
      [...answered, grpc, code, ['grpc_response_status', '!~', statuses]],
    ],
  };
}

/** Requests that reached the version, and those that should have. */
function allOf({ answered, silent }: VersionTraffic): readonly Selector[] {
  return [answered, ...silent];
}

/** Of a union: a series that two selectors find is taken once. */
function sum(rate: 'rate' | 'increase', metric: string, selectors: readonly Selector[], window: string, by = ''): string {
  return `sum${by}(${selectors.map((one) => `${rate}(${selectorText(metric, one)}[${window}])`).join(' or ')})`;
}

function metricOf({ protocol }: GateSubject): string {
  return protocol === 'tcp' ? 'istio_tcp_connections_opened_total' : 'istio_requests_total';
}
