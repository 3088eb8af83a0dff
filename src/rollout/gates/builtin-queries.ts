import type { MetricQuery } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject } from '../../model/rollout.ts';
import { type Matcher, selector, selectorsOf } from './istio-selectors.ts';
import { promDuration } from './promql-text.ts';

/** Queries of a gate on Istio's standard metrics. Thresholds are never in them: a comparison in PromQL answers nothing both when it fails and when there is no data. */
export function builtinQueries(definition: GateDefinition, subject: GateSubject): readonly MetricQuery[] {
  const { canary, stable, unattributed } = selectorsOf(subject, definition.labels ?? {});
  const asked = [...canary, ...unattributed];
  const window = promDuration(definition.over);
  const metric = metricOf(subject);
  if (definition.measure.kind === 'observed-share') {
    return [{ purpose: 'value', query: share(metric, canary, stable, window) }, ...support(metric, [...canary, ...stable], window)];
  }
  const baseline: readonly MetricQuery[] =
    definition.compare === 'absolute'
      ? []
      : [
          { purpose: 'baseline', query: measured(definition, subject, stable, stable, window) },
          { purpose: 'baseline-samples', query: increase(metric, stable, window) },
        ];
  return [
    { purpose: 'value', query: measured(definition, subject, canary, asked, window) },
    ...support(metric, asked, window),
    ...baseline,
  ];
}

/** The canary's requests and their freshness: what a custom query rests on, where it doesn't say itself. */
export function trafficQueries(definition: GateDefinition, subject: GateSubject): readonly MetricQuery[] {
  const { canary, unattributed } = selectorsOf(subject, definition.labels ?? {});
  return support(metricOf(subject), [...canary, ...unattributed], promDuration(definition.over));
}

/** Seconds since the newest sample of any of these selectors. A target that stops answering loses its series at once, and this is empty. */
export function freshness(selectors: readonly string[]): MetricQuery {
  return { purpose: 'freshness', query: `time() - max(timestamp(${selectors.join(' or ')}))` };
}

type Selectors = readonly (readonly Matcher[])[];

/** `answered`: requests that reached the version; `asked`: these, and those that should have. */
function measured({ measure }: GateDefinition, subject: GateSubject, answered: Selectors, asked: Selectors, window: string): string {
  const metric = metricOf(subject);
  switch (measure.kind) {
    case 'latency':
      return `histogram_quantile(${measure.quantile}, sum by (le) (${rates('istio_request_duration_milliseconds_bucket', answered, window)}))`;
    case 'request-volume':
      return `sum(${rates(metric, asked, window)})`;
    default:
      return `100 * (${sumOrNone(metric, succeeded(subject, answered), window)}) / sum(${rates(metric, asked, window)})`;
  }
}

/**
 * Success is what is counted, not failure: a label that a mesh does not keep makes the rate 0, not 100. No answer (code 0: the caller gave up)
 * is no success. gRPC answers 200 and tells the failure in its status; those that are the server's fault are OpenTelemetry's for servers:
 * UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. A stream that ended without a status has failed.
 * https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
 */
function succeeded({ protocol }: GateSubject, selectors: Selectors): Selectors {
  if (protocol === 'tcp') return selectors.map((matchers): readonly Matcher[] => [...matchers, ['response_flags', '=', '-']]);
  const answered: Matcher = ['response_code', '=~', '[1-4]..'];
  return selectors.flatMap(
    (matchers): Selectors => [
      [...matchers, ['request_protocol', '!=', 'grpc'], answered],
      [...matchers, ['request_protocol', '=', 'grpc'], answered, ['grpc_response_status', '=~', '0|1|3|5|6|7|8|9|10|11|16']],
    ],
  );
}

function share(metric: string, canary: Selectors, stable: Selectors, window: string): string {
  return `100 * (${sumOrNone(metric, canary, window)}) / sum(${rates(metric, [...canary, ...stable], window)})`;
}

function support(metric: string, selectors: Selectors, window: string): readonly MetricQuery[] {
  return [{ purpose: 'samples', query: increase(metric, selectors, window) }, freshness(selectors.map((one) => selector(metric, one)))];
}

function increase(metric: string, selectors: Selectors, window: string): string {
  return `sum(${selectors.map((one) => `increase(${selector(metric, one)}[${window}])`).join(' or ')})`;
}

/** The sum, or 0 where no series is there to be summed: beside a denominator that is empty without traffic. */
function sumOrNone(metric: string, selectors: Selectors, window: string): string {
  return `sum(${rates(metric, selectors, window)}) or vector(0)`;
}

/** A union: no series is in two selectors, and one that were would be taken once. */
function rates(metric: string, selectors: Selectors, window: string): string {
  return selectors.map((one) => `rate(${selector(metric, one)}[${window}])`).join(' or ');
}

function metricOf({ protocol }: GateSubject): string {
  return protocol === 'tcp' ? 'istio_tcp_connections_opened_total' : 'istio_requests_total';
}
