import type { MetricQuery } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject } from '../../model/rollout.ts';
import { hasFlag, neverSent, type Selector, selectorText, trafficOf, type VersionTraffic } from './istio-selectors.ts';
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
  const value: MetricQuery = { purpose: 'value', query: measured(definition, subject, canary) };
  const support = trafficQueries(definition, subject);
  if (definition.compare === 'absolute') return [value, ...support];
  return [
    value,
    ...support,
    { purpose: 'baseline', query: measured(definition, subject, stable) },
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

/** Seconds since the newest sample of any of these selectors. A target that does not answer a scrape loses its series at once: this is empty then. */
export function freshnessQuery(selectors: readonly string[]): MetricQuery {
  return { purpose: 'freshness', query: `time() - max(timestamp(${selectors.join(' or ')}))` };
}

function measured({ measure, over }: GateDefinition, subject: GateSubject, traffic: VersionTraffic): string {
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
      return `100 * (${sum('rate', metric, succeeded(subject, traffic.answered), window)} or vector(0)) / ${sum('rate', metric, allOf(traffic), window)}`;
  }
}

/**
 * Success is what is counted, not failure: a label that a mesh does not keep makes the rate 0, not 100. No answer (code 0: the caller gave up)
 * is no success. gRPC answers 200 and tells a failure in its status; those that are the server's fault are OpenTelemetry's for servers:
 * UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
 */
function succeeded({ protocol }: GateSubject, answered: Selector): readonly Selector[] {
  if (protocol === 'tcp') return [[...answered, ['response_flags', '=', '-']]];
  return [
    [...answered, ['request_protocol', '!=', 'grpc'], ['response_code', '=~', '[1-4]..']],
    [
      ...answered,
      ['request_protocol', '=', 'grpc'],
      ['response_code', '=~', '[1-4]..'],
      ['grpc_response_status', '=~', '0|1|3|5|6|7|8|9|10|11|16'],
    ],
  ];
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
