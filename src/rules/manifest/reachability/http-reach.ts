import { matchesOf, type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { Environment } from '../../../model/environment.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import type { MeshRequest } from '../../../model/routing.ts';
import { createConditionIndex } from '../../../requests/condition-index.ts';
import { type Effort, someEffort } from '../../../requests/effort.ts';
import { findRequest } from '../../../requests/find-request.ts';
import { httpCondition } from '../../../requests/http-condition.ts';
import type { Condition } from '../../../requests/literal.ts';
import { boundCondition, type MatchReading } from '../../../requests/proxy-literals.ts';
import { isDelegate, staysWith, takesAll } from './delegates.ts';
import { plainFor } from './plain-for.ts';

/** A match of a route, or the route itself where it has none. */
export interface HttpAlternative {
  readonly part: RoutePart;
  /** '/http/0/match/1', or '/http/0'. */
  readonly pointer: Pointer;
  readonly match: JsonObject;
  readonly condition: Condition;
}

export type HttpFate =
  /** Some request comes to it, or nothing is known. */
  | { readonly kind: 'open' }
  /** No request at all can meet it. */
  | { readonly kind: 'impossible' }
  /** Others take all that it asks for: those of earlier routes alone, or with others of its own route. `request` is one of them. */
  | {
      readonly kind: 'taken';
      readonly by: readonly HttpAlternative[];
      readonly within: 'earlier routes' | 'its route';
      readonly request: MeshRequest;
    };

export interface HttpReach {
  readonly part: RoutePart;
  readonly alternatives: readonly (HttpAlternative & { readonly fate: HttpFate })[];
}

/** For one VirtualService: enough for a thousand routes that all could meet. What needs more is left undecided. */
const effortForAll = 3_000_000;

const knownIn = rememberedFor((_where: Mesh | Environment) => new WeakMap<MeshObject, readonly HttpReach[]>());

/** What the http routes of a VirtualService leave to each of their matches: Envoy tries them in order, and the first that fits takes the request. */
export function httpReach(object: MeshObject, mesh: Mesh): readonly HttpReach[] {
  // Only what its delegates take depends on which others are there.
  const delegates = routesOf(object.spec, ['http']).some(({ route }) => route.delegate !== undefined);
  const known = knownIn(delegates ? mesh : mesh.environment);
  const before = known.get(object);
  if (before !== undefined) return before;
  const reach = reachOf(object, mesh);
  known.set(object, reach);
  return reach;
}

/** That of every VirtualService whose shape is right. */
export function allHttpReach(mesh: Mesh): readonly { readonly object: MeshObject; readonly reach: HttpReach }[] {
  return mesh
    .ofKind('VirtualService')
    .flatMap((object) => (object.wellFormed ? httpReach(object, mesh).map((reach) => ({ object, reach })) : []));
}

/** The routes among them of which no request comes to some match: all that there is to say anything about. */
export const closedHttpReach = rememberedFor((mesh: Mesh) =>
  allHttpReach(mesh).filter(({ reach }) => reach.alternatives.some(({ fate }) => fate.kind !== 'open')),
);

/** Whether some request comes to the route, by whichever match. */
export function isReached({ alternatives }: HttpReach): boolean {
  return alternatives.some(({ fate }) => comesThrough(fate));
}

/** Whether its route gets what a match asks for, if only by another one. */
export function comesThrough(fate: HttpFate): boolean {
  return fate.kind === 'open' || (fate.kind === 'taken' && fate.within === 'its route');
}

function reachOf(object: MeshObject, mesh: Mesh): readonly HttpReach[] {
  const { spec, namespace } = object;
  const reading: MatchReading = { minor: mesh.environment.istio.minor, namespace };
  const bound = boundCondition(spec, namespace);
  const search: Search = { joined: isDelegate(spec), plain: plainFor(spec, namespace), effort: someEffort(effortForAll) };
  const index = createConditionIndex<HttpAlternative>();
  return routesOf(spec, ['http']).map((part) => ({
    part,
    alternatives: alternativesOf(part, bound, reading).map((alternative) => {
      const before = index.candidates(alternative.condition).map(({ owner }) => owner);
      const fate = fateOf(alternative, before, search);
      if (fate.kind === 'open' && takesAll(part, object, mesh)) index.add(alternative.condition, alternative);
      return { ...alternative, fate };
    }),
  }));
}

function alternativesOf(part: RoutePart, bound: Condition, reading: MatchReading): readonly HttpAlternative[] {
  const matches = matchesOf(part);
  if (matches.length === 0) return [{ part, pointer: part.pointer, match: {}, condition: bound }];
  return matches.map(({ match, pointer }) => ({ part, pointer, match, condition: [...bound, ...httpCondition(match, reading)] }));
}

interface Search {
  /** Whether the matches will be joined with a root's. */
  readonly joined: boolean;
  readonly plain: MeshRequest;
  readonly effort: Effort;
}

function fateOf(alternative: HttpAlternative, before: readonly HttpAlternative[], search: Search): HttpFate {
  const { condition, part, match } = alternative;
  const takers = search.joined ? before.filter((other) => staysWith(other.part.route, match)) : before;
  const all = findRequest(condition, { ...search, outside: takers.map((taker) => taker.condition) });
  if (all.kind === 'none') return { kind: 'impossible' };
  if (all.kind !== 'taken') return { kind: 'open' };
  const { request } = all;
  const by = all.takenBy.flatMap((i) => takers[i] ?? []);
  if (by.every((taker) => taker.part !== part)) return { kind: 'taken', by, within: 'earlier routes', request };
  const earlier = takers.filter((taker) => taker.part !== part);
  const others = findRequest(condition, { ...search, outside: earlier.map((taker) => taker.condition) });
  if (others.kind !== 'taken') return { kind: 'taken', by, within: 'its route', request };
  return { kind: 'taken', by: others.takenBy.flatMap((i) => earlier[i] ?? []), within: 'earlier routes', request };
}
