/**
 * The page of what is measured for a rollout.
 *
 *   situation ──which gates, of whom?──▶ queries ··▶ answers ──judge──▶ evidence
 *
 * Who asks the metrics servers is not known here.
 */
import { namespaceOfHost, qualifiedHost } from '../../istio/host.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { gatesOf } from '../../model/gates.ts';
import type { Intent } from '../../model/intent.ts';
import { listOr, objectOr } from '../../model/json.ts';
import type { Measurement, MetricQuery, RangeAnswer, RangeQuery } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject, GateVersion, RolloutMember, RolloutState, Seconds } from '../../model/rollout.ts';
import { gatesFor } from '../../rollout/blocks.ts';
import { gateQueries } from '../../rollout/gates/gate-queries.ts';
import { judgeGate } from '../../rollout/gates/judge-gate.ts';
import { liveRange, liveSince, shareHolds } from '../../rollout/gates/live-since.ts';
import type { MemberEvidence } from '../../rollout/situation.ts';
import { isMoving, stepOf } from '../../rollout/steps.ts';
import type { RolloutEntry } from './rollout-moves.ts';

/** One gate of one member, to be asked. */
export interface GateRequest {
  readonly service: string;
  readonly definition: GateDefinition;
  readonly subject: GateSubject;
  readonly queries: readonly MetricQuery[];
}

/** What is to be asked now: the gates of each member's step, once they are warm. A gate whose queries can't be made is left out, and so never passes. */
export function gateRequests(loaded: LoadedEnvironment, { state, intents }: RolloutEntry, now: Seconds): readonly GateRequest[] {
  const gates = new Map(gatesOf(loaded.environment).map((gate) => [gate.name, gate]));
  const since = state.liveSince ?? state.mergedAt ?? now;
  return state.members.flatMap((member, i) => {
    const step = state.plan.steps[Math.max(0, stepOf(state.plan, member.canary))];
    const intent = intents[i];
    if (step === undefined || intent === undefined || !isMoving(member)) return [];
    // Until a step is live, its live check alone may say that the canary gets more than it should.
    const live = state.plan.live.kind === 'gate' && state.liveSince === undefined ? [state.plan.live.gate] : [];
    return [...new Set([...gatesFor(member, step), ...live])].flatMap((name): readonly GateRequest[] => {
      const definition = gates.get(name);
      const subject = subjectOf(loaded, state, member, intent);
      if (definition === undefined || subject === undefined || since + definition.warmUp > now) return [];
      const queries = gateQueries(definition, subject);
      return queries.value === undefined ? [] : [{ service: member.service, definition, subject, queries: queries.value }];
    });
  });
}

/** What shows that a version has ready pods before it gets any traffic: the plan's gate for that, asked of a member; undefined where there is none. */
export function readinessRequest(
  loaded: LoadedEnvironment,
  { state, intents }: RolloutEntry,
  index: number,
  version: string,
): GateRequest | undefined {
  const { readiness } = state.plan;
  const [member, intent] = [state.members[index], intents[index]];
  const definition = readiness.kind === 'evidence' ? gatesOf(loaded.environment).find(({ name }) => name === readiness.gate) : undefined;
  if (member === undefined || intent === undefined || definition === undefined) return undefined;
  const subject = subjectOf(loaded, state, { ...member, canary: { version, percent: 0, mirror: 0 } }, intent);
  const queries = subject === undefined ? undefined : gateQueries(definition, subject).value;
  return subject === undefined || queries === undefined ? undefined : { service: member.service, definition, subject, queries };
}

/** What the answers to a request's queries say. */
export function evidenceFor(
  { service, definition, subject }: GateRequest,
  measurements: readonly Measurement[],
  at: Seconds,
): MemberEvidence {
  return { service, evidence: judgeGate(definition, subject, measurements, at) };
}

/** What has to be asked to know since when a step is live; one for each member that is on its way. */
export interface LiveRequest {
  readonly service: string;
  readonly definition: GateDefinition;
  readonly subject: GateSubject;
  readonly mergedAt: Seconds;
  readonly now: Seconds;
  /** The share, and how many requests it is one of. */
  readonly ranges: readonly [RangeQuery, RangeQuery];
}

/** Undefined where the plan has no gate as its live check, or it can't be asked: then it is not known to be live. */
export function liveRequests(
  loaded: LoadedEnvironment,
  { state, intents }: RolloutEntry,
  now: Seconds,
): readonly LiveRequest[] | undefined {
  const { live } = state.plan;
  const { mergedAt } = state;
  const definition = live.kind === 'gate' ? gatesOf(loaded.environment).find(({ name }) => name === live.gate) : undefined;
  if (definition === undefined || mergedAt === undefined) return undefined;
  const requests = state.members.flatMap((member, i): readonly LiveRequest[] => {
    const intent = intents[i];
    const subject = intent === undefined || !isMoving(member) ? undefined : subjectOf(loaded, state, member, intent);
    const queries = subject === undefined ? undefined : gateQueries(definition, subject).value;
    const [value, samples] = (['value', 'samples'] as const).map((purpose) => queries?.find((query) => query.purpose === purpose)?.query);
    if (subject === undefined || value === undefined || samples === undefined) return [];
    const range = (query: string) => liveRange(query, definition.over, mergedAt, now);
    return [{ service: member.service, definition, subject, mergedAt, now, ranges: [range(value), range(samples)] }];
  });
  return requests.length === state.members.filter(isMoving).length && requests.length > 0 ? requests : undefined;
}

/** Since when all members are live; undefined where one is not known to be. `answers` are two for each request, in order. */
export function liveSinceOf(requests: readonly LiveRequest[], answers: readonly (readonly RangeAnswer[])[]): Seconds | undefined {
  const dates = requests.map(({ definition, subject, mergedAt, now, ranges: [range] }, i) => {
    const [values, samples] = answers[i] ?? [];
    if (values === undefined || samples === undefined || !('samples' in values) || !('samples' in samples)) return undefined;
    const holds = shareHolds(definition, subject, values.samples, samples.samples);
    return liveSince(holds, { mergedAt, now, step: range.step, over: definition.over });
  });
  const known = dates.filter((date) => date !== undefined);
  return known.length === dates.length && known.length > 0 ? Math.max(...known) : undefined;
}

function subjectOf(
  { environment }: LoadedEnvironment,
  state: RolloutState,
  member: RolloutMember,
  intent: Intent,
): GateSubject | undefined {
  const { canary } = member;
  if (canary === undefined) return undefined;
  const { value } = intent;
  const home = intent.namespace ?? (typeof value.namespace === 'string' ? value.namespace : environment.namespace);
  const host = qualifiedHost(typeof value.host === 'string' ? value.host : intent.name, home, environment.clusterDomain);
  const before = state.plan.steps[stepOf(state.plan, canary) - 1]?.percent ?? 0;
  return {
    environment: environment.name,
    service: intent.name,
    host,
    namespace: namespaceOfHost(host, environment.clusterDomain) ?? home ?? 'default',
    stable: versionOf(intent, member.stable),
    canary: versionOf(intent, canary.version),
    percent: canary.percent,
    previousPercent: before,
    ...(canary.mirror > 0 ? { mirror: canary.mirror } : {}),
    hasFixedTraffic: hasFixedTraffic(intent, canary.version),
    ...(isTcp(intent) ? { protocol: 'tcp' } : {}),
    ...(state.liveSince === undefined ? {} : { liveSince: state.liveSince }),
  };
}

function versionOf({ value }: Intent, version: string): GateVersion {
  const { labels } = objectOr(objectOr(value.versions)[version]);
  const label = labels === undefined ? version : objectOr(labels).version;
  return { version, ...(typeof label === 'string' ? { label } : {}) };
}

/** Requests that no percentage decides about. */
function hasFixedTraffic({ value }: Intent, version: string): boolean {
  const pinned = listOr(value.pins).some((pin) => objectOr(pin).version === version);
  return pinned || listOr(value.routes).some((route) => objectOr(route).to !== undefined);
}

/** No port speaks HTTP. */
function isTcp({ value }: Intent): boolean {
  const names = Object.entries(objectOr(value.ports)).map(([key, port]) => String(objectOr(port).protocol ?? objectOr(port).name ?? key));
  return value.port === undefined && names.length > 0 && names.every((name) => /^(tcp|mongo|mysql|redis|tls)/i.test(name));
}
