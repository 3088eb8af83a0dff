import type { GateSubject } from '../../model/rollout.ts';
import { literalPattern, quoted } from './promql-text.ts';

/** A label, an operator and a value, as PromQL writes them between braces. */
export type Matcher = readonly [label: string, operator: '=' | '!=' | '=~' | '!~', value: string];

export type Selector = readonly Matcher[];

/**
 * Where a version's requests are counted in Istio's standard metrics. They are read where callers are, since only a caller counts a request
 * that reached no pod; a waypoint calls for those who have no proxy of their own. Copies made by `mirror` are in no caller's metrics, so
 * where the canary gets nothing else they are read at the canary. By `destination_service` and no namespace: it is the qualified host, and
 * what proxies write into `destination_service_namespace` changed between releases.
 * https://istio.io/latest/docs/reference/config/metrics/
 */
export interface VersionTraffic {
  /** Requests that the version answered: its pod told the caller who it is. */
  readonly answered: Selector;
  /** Failed requests without an answer that tells a version. */
  readonly silent: readonly Selector[];
}

/** Failures that cannot be shown to be the stable version's count against the canary. */
export function trafficOf(
  subject: GateSubject,
  labels: Readonly<Record<string, string>>,
): { readonly canary: VersionTraffic; readonly stable: VersionTraffic } {
  const copies = onlyCopies(subject);
  const base: Selector = [
    ['reporter', '=~', copies ? 'destination|waypoint' : 'source|waypoint'],
    ...Object.entries(labels).map(([label, value]): Matcher => [label, '=', value]),
  ];
  const answeredBy = (label: string): Selector => [
    ...base,
    ['destination_service', '=', subject.host],
    ['destination_version', '=', label],
  ];
  const { label: canary = '' } = subject.canary;
  const { label: stable = '', revision = stable } = subject.stable;
  const known = !['', 'latest', 'unknown'].includes(revision);
  const notStable: Selector = known ? [['destination_canonical_revision', '!=', revision]] : [];
  return {
    canary: { answered: answeredBy(canary), silent: copies ? [] : silent(subject, base, notStable) },
    stable: {
      answered: answeredBy(stable),
      silent: copies || !known ? [] : silent(subject, base, [['destination_canonical_revision', '=', revision]]),
    },
  };
}

/**
 * A pod tells its version with its response. Without a response (a timeout, a refused connection) the caller says `unknown`, and knows the
 * endpoint's canonical revision alone; with no endpoint (UH: the subset is empty) not even that; with no cluster (NC: the subset is missing)
 * it does not know the service either, and writes the Host header as it was sent.
 */
function silent({ host, namespace, protocol }: GateSubject, base: Selector, revision: Selector): readonly Selector[] {
  const failed: Matcher = protocol === 'tcp' ? ['response_flags', '!=', '-'] : ['response_code', '=~', '0|5..'];
  return spellings(host, namespace).map((service) => [
    ...base,
    ...service,
    ['destination_version', '=', 'unknown'],
    ...revision,
    failed,
    ['response_flags', '!~', hasFlag(answeredByProxy)],
  ]);
}

/** What the proxy itself was told to answer is nobody's failure: fault injection, rate limits, authorization. */
const answeredByProxy = 'FI|DI|RL|RLSE|UAEX';

/** No endpoint, no cluster. */
export const neverSent = 'UH|NC';

/** Envoy joins flags with commas. */
export function hasFlag(alternatives: string): string {
  return `(.+,)?(${alternatives})(,.+)?`;
}

/** Host headers that mean the service; a bare name means it in its own namespace only. */
function spellings(host: string, namespace: string): readonly Selector[] {
  const [name = host, inNamespace, svc, ...domain] = host.split('.');
  const port = '(:[0-9]+)?';
  if (inNamespace !== namespace || svc !== 'svc') return [[['destination_service', '=~', `${literalPattern(host)}${port}`]]];
  const qualified = `${literalPattern(`${name}.${namespace}`)}(\\.svc(${literalPattern(`.${domain.join('.')}`)})?)?${port}`;
  return [
    [['destination_service', '=~', qualified]],
    [
      ['destination_service', '=~', `${literalPattern(name)}${port}`],
      ['source_workload_namespace', '=', namespace],
    ],
  ];
}

/** Whether copies are all that the canary gets. */
function onlyCopies({ percent, mirror = 0, hasFixedTraffic }: GateSubject): boolean {
  return percent === 0 && mirror > 0 && !hasFixedTraffic;
}

export function selectorText(metric: string, matchers: Selector): string {
  return `${metric}{${matchers.map(([label, operator, value]) => `${label}${operator}${quoted(value)}`).join(',')}}`;
}
