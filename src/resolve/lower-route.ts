import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import { type Origin, type Traced, traced } from '../model/origin.ts';
import type { Destination, HttpRoute, L4Route, RouteFields } from '../model/resolved.ts';
import type { ResolveContext } from './context.ts';
import { eachDestination } from './foreign-drafts.ts';
import type { Port } from './ports.ts';
import { type Goal, type RouteDraft, restrict } from './route-draft.ts';
import type { Target } from './service.ts';
import { sharesOf } from './shares.ts';

/** How drafts are written at one place: under which port they match, and which port their own host is reached at. */
export interface Placement {
  readonly matchPort?: Traced<number>;
  /** Written on destinations of the target's own host; absent where the listener's port is the only one. */
  readonly ownPort?: Traced<number>;
  /** The only port that requests arrive at: what Istio takes for a destination on another host that names none. */
  readonly listenerPort?: Traced<number>;
}

/** Drafts as http routes of one VirtualService. */
export function lowerHttp(
  context: ResolveContext,
  target: Target,
  drafts: readonly RouteDraft[],
  placement: Placement,
): readonly HttpRoute[] {
  const { matchPort } = placement;
  const placed =
    matchPort === undefined ? drafts : restrict(context, drafts, [traced<JsonObject>({ port: matchPort.value }, matchPort.origin)]);
  return placed.map((draft): HttpRoute => {
    const { goal, name, match, origin } = draft;
    const fields = withMirrorPort(draft.fields, target, placement.ownPort);
    const shared = { ...(name === undefined ? {} : { name }), match, fields, origin };
    if (goal.kind === 'redirect') return { ...shared, redirect: goal.redirect, destinations: [] };
    if (goal.kind === 'directResponse') return { ...shared, directResponse: goal.directResponse, destinations: [] };
    return { ...shared, destinations: destinations(goal, target, placement) };
  });
}

function destinations(
  goal: Extract<Goal, { readonly kind: 'shares' | 'host' }>,
  target: Target,
  { ownPort, listenerPort }: Placement,
): readonly Destination[] {
  if (goal.kind === 'host') {
    const { host, subset, port = ownPort ?? listenerPort } = goal;
    return [{ host, ...(subset === undefined ? {} : { subset }), ...(port === undefined ? {} : { port }) }];
  }
  const port = goal.port ?? (goal.target.intent === target.intent ? ownPort : undefined);
  return goal.shares.map(({ subset, weight, headers }) => ({
    host: goal.target.host,
    ...(subset === undefined ? {} : { subset }),
    ...(port === undefined ? {} : { port }),
    ...(weight === undefined ? {} : { weight }),
    ...(headers === undefined ? {} : { headers }),
  }));
}

/** A mirror on the target's own host goes to the same port as the route: a gateway would otherwise take the server's. */
function withMirrorPort(fields: RouteFields, target: Target, ownPort: Traced<number> | undefined): RouteFields {
  const { mirror, mirrors } = fields;
  if (ownPort === undefined || (mirror === undefined && mirrors === undefined)) return fields;
  const place = (destination: Json | undefined): JsonObject => {
    const known = objectOr(destination);
    return known.port !== undefined || known.host !== target.host.value ? known : { ...known, port: { number: ownPort.value } };
  };
  return {
    ...fields,
    ...(mirror === undefined ? {} : { mirror: traced(place(mirror.value), mirror.origin) }),
    ...(mirrors === undefined ? {} : { mirrors: traced(eachDestination(mirrors.value, place), mirrors.origin) }),
  };
}

/** A TCP or TLS port's route: its shares, matched by `match`. L4 destinations always carry their port. */
export function lowerL4(context: ResolveContext, target: Target, port: Port, match: JsonObject, origin: Origin): L4Route {
  const number = traced(port.number, port.origin);
  const goal: Goal = { kind: 'shares', target, shares: sharesOf(context, target), port: number };
  return { match: [traced(match, origin)], destinations: destinations(goal, target, { ownPort: number }), origin };
}
