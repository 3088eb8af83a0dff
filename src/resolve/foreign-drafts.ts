import { qualifiedHost } from '../istio/host.ts';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { RouteFields } from '../model/resolved.ts';
import type { ResolveContext } from './context.ts';
import type { Goal, RouteDraft } from './route-draft.ts';
import { hostSeenFrom, type Target } from './service.ts';

/**
 * A target's drafts as another one must write them: Istio reads short names in the namespace of the object they stand in,
 * and takes a missing port from the caller's listener, so hosts are qualified and the target's own port is spelled out.
 */
export function foreignDrafts(
  context: ResolveContext,
  owner: Target,
  home: Target,
  drafts: readonly RouteDraft[],
  port: Traced<number> | undefined,
): readonly RouteDraft[] {
  return drafts.map((draft) => ({
    ...draft,
    goal: foreignGoal(context, owner, home, draft.goal, port),
    fields: foreignFields(context, owner, home, draft.fields, port),
  }));
}

function foreignGoal(context: ResolveContext, owner: Target, home: Target, goal: Goal, port: Traced<number> | undefined): Goal {
  if (goal.kind === 'host') {
    const host = seenFrom(context, owner, home, goal.host.value);
    return host === goal.host.value ? goal : { ...goal, host: traced(host, derived(goal.host.origin, elsewhere)) };
  }
  if (goal.kind !== 'shares') return goal;
  const { intent } = goal.target;
  const original = (intent.kind === 'service' ? context.service(intent) : context.external(intent)) ?? goal.target;
  const target = { ...original, host: hostSeenFrom(original, home.namespace) };
  const wanted = goal.port ?? (intent === owner.intent ? port : undefined);
  return { ...goal, target, ...(wanted === undefined ? {} : { port: wanted }) };
}

const elsewhere = 'a short name means another host in another namespace';

function seenFrom({ environment }: ResolveContext, owner: Target, home: Target, host: string): string {
  return owner.namespace === home.namespace ? host : qualifiedHost(host, owner.namespace, environment.clusterDomain);
}

function foreignFields(
  context: ResolveContext,
  owner: Target,
  home: Target,
  fields: RouteFields,
  port: Traced<number> | undefined,
): RouteFields {
  const { mirror, mirrors } = fields;
  if (mirror === undefined && mirrors === undefined) return fields;
  const place = (destination: Json | undefined): JsonObject => {
    const known = isObject(destination) ? destination : {};
    const own = known.host === owner.host.value && known.port === undefined && port !== undefined;
    return { ...known, host: seenFrom(context, owner, home, String(known.host)), ...(own ? { port: { number: port.value } } : {}) };
  };
  return {
    ...fields,
    ...(mirror === undefined ? {} : { mirror: traced(place(mirror.value), mirror.origin) }),
    ...(mirrors === undefined ? {} : { mirrors: traced(eachDestination(mirrors.value, place), mirrors.origin) }),
  };
}

/** `mirrors` with another destination in each entry. */
export function eachDestination(mirrors: Json, place: (destination: Json | undefined) => JsonObject): Json {
  return isList(mirrors)
    ? mirrors.map((entry) => (isObject(entry) ? { ...entry, destination: place(entry.destination) } : entry))
    : mirrors;
}
