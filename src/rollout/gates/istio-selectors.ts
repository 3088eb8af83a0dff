import type { GateSubject } from '../../model/rollout.ts';
import { literalPattern, quoted } from './promql-text.ts';

/** A label, an operator and a value, as PromQL writes them between braces. */
export type Matcher = readonly [label: string, operator: '=' | '!=' | '=~' | '!~', value: string];

/**
 * Series of Istio's standard metrics in which a version's requests are counted. They are read where callers are, since only a caller counts
 * a request that reached no pod; a waypoint calls for those who have no proxy of their own. Copies made by `mirror` are not in a caller's
 * metrics at all, so where the canary gets nothing else they are read at the canary.
 * https://istio.io/latest/docs/reference/config/metrics/
 */
export function selectorsOf(subject: GateSubject, labels: Readonly<Record<string, string>>): VersionSelectors {
  const base: readonly Matcher[] = [
    ['reporter', '=~', onlyCopies(subject) ? 'destination|waypoint' : 'source|waypoint'],
    ...Object.entries(labels).map(([label, value]): Matcher => [label, '=', value]),
  ];
  const service: Matcher = ['destination_service', '=', subject.host];
  return {
    canary: ofVersion([...base, service], subject.canary.label ?? '', subject.canary.revision),
    stable: ofVersion([...base, service], subject.stable.label ?? '', subject.stable.revision),
    unattributed: onlyCopies(subject) ? [] : unattributed(subject, base, service),
  };
}

export interface VersionSelectors {
  readonly canary: readonly (readonly Matcher[])[];
  readonly stable: readonly (readonly Matcher[])[];
  /** Failures of the service that no version can be shown to have caused: they count against the canary. */
  readonly unattributed: readonly (readonly Matcher[])[];
}

/**
 * A pod tells its version with its response. Without one (a timeout, a refused connection, a pod without a proxy) the caller knows the
 * endpoint's canonical revision alone, and says `unknown` for the version.
 */
function ofVersion(matchers: readonly Matcher[], label: string, revision = label): readonly (readonly Matcher[])[] {
  const answered: readonly Matcher[] = [...matchers, ['destination_version', '=', label]];
  if (saysNothing(revision)) return [answered];
  return [answered, [...matchers, ['destination_version', '=', 'unknown'], ['destination_canonical_revision', '=', revision]]];
}

/** What proxies write where there is no revision. */
function saysNothing(revision: string): boolean {
  return ['latest', 'unknown'].includes(revision);
}

/**
 * With no endpoint chosen (UH: the subset is empty) neither is known; with no cluster (NC: the subset is missing) the service isn't either,
 * and the metric has the Host header as it was sent. What the proxy itself was told to answer is nobody's failure:
 * fault injection (FI, DI), rate limits (RL, RLSE), authorization (UAEX).
 */
function unattributed(subject: GateSubject, base: readonly Matcher[], service: Matcher): readonly (readonly Matcher[])[] {
  const known = [subject.canary, subject.stable].flatMap(({ label = '', revision = label }) =>
    saysNothing(revision) ? [] : [literalPattern(revision)],
  );
  const failed: readonly Matcher[] = subject.protocol === 'tcp' ? [['response_flags', '!=', '-']] : [['response_code', '=~', '0|5..']];
  const unknown: Matcher = ['destination_version', '=', 'unknown'];
  return [
    [
      ...base,
      service,
      unknown,
      ['destination_canonical_revision', '!~', known.join('|')],
      ...failed,
      ['response_flags', '!~', flags('FI|DI|RL|RLSE|UAEX')],
    ],
    ...unresolvedHosts(subject).map((matchers): readonly Matcher[] => [
      ...base,
      ...matchers,
      unknown,
      ['response_flags', '=~', flags('NC')],
    ]),
  ];
}

/** Host headers that mean the service, where they are not its full name; a bare name means it in its own namespace only. */
function unresolvedHosts({ host, namespace, protocol }: GateSubject): readonly (readonly Matcher[])[] {
  if (protocol === 'tcp') return [];
  const [name = host, ...rest] = host.split('.');
  const port = '(:[0-9]+)?';
  const inCluster = rest[0] === namespace && rest[1] === 'svc';
  const full: Matcher = [
    'destination_service',
    '=~',
    inCluster
      ? `${literalPattern(`${name}.${namespace}`)}(\\.svc(${literalPattern(`.${rest.slice(2).join('.')}`)})?)?${port}`
      : `${literalPattern(host)}${port}`,
  ];
  const bare: readonly Matcher[] = [
    ['destination_service', '=~', `${literalPattern(name)}${port}`],
    ['source_workload_namespace', '=', namespace],
  ];
  return inCluster ? [[full], bare] : [[full]];
}

/** Envoy joins flags with commas. */
function flags(alternatives: string): string {
  return `(.+,)?(${alternatives})(,.+)?`;
}

/** Whether copies are all that the canary gets. */
export function onlyCopies({ percent, mirror = 0, hasFixedTraffic }: GateSubject): boolean {
  return percent === 0 && mirror > 0 && !hasFixedTraffic;
}

export function selector(metric: string, matchers: readonly Matcher[]): string {
  return `${metric}{${matchers.map(([label, operator, value]) => `${label}${operator}${quoted(value)}`).join(',')}}`;
}
