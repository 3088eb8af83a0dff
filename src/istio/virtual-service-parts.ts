import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';

export type RouteList = 'http' | 'tls' | 'tcp';

/** A route of a VirtualService with its place in `spec`. */
export interface RoutePart {
  readonly list: RouteList;
  readonly index: number;
  readonly route: JsonObject;
  /** '/http/0' */
  readonly pointer: Pointer;
}

/** Somewhere that requests are sent, or copied, to. */
export interface DestinationPart {
  readonly route: RoutePart;
  readonly destination: JsonObject;
  /** '/http/0/route/1/destination' */
  readonly pointer: Pointer;
  readonly as: 'route' | 'mirror';
  /** Of the entry of `route`: what is written; undefined where nothing is. */
  readonly weight?: number;
}

const everyList: readonly RouteList[] = ['http', 'tls', 'tcp'];

/** The routes of the named lists, in order; entries that are no maps are passed over. */
export function routesOf(spec: JsonObject, lists: readonly RouteList[] = everyList): readonly RoutePart[] {
  const parts = partsOf(spec);
  const [only, ...others] = lists;
  return only !== undefined && others.length === 0 ? parts[only] : lists === everyList ? parts.all : lists.flatMap((list) => parts[list]);
}

/** The alternatives of a route's `match` with their places; none = the route takes everything. */
export const matchesOf: (part: RoutePart) => readonly MatchPart[] = rememberedFor(({ route, pointer }) =>
  listOr(route.match).map((match, i) => ({ match: objectOr(match), pointer: `${pointer}/match/${i}` })),
);

export interface MatchPart {
  readonly match: JsonObject;
  readonly pointer: Pointer;
}

/** Every destination that a VirtualService names: of routes and of mirrors. */
export const destinationsOf: (spec: JsonObject) => readonly DestinationPart[] = rememberedFor((spec) =>
  routesOf(spec).flatMap((part) => [...routedBy(part), ...mirroredBy(part)]),
);

// Many rules ask for the parts of every VirtualService: they are taken apart once.
const partsOf: (spec: JsonObject) => Readonly<Record<RouteList | 'all', readonly RoutePart[]>> = rememberedFor((spec) => {
  const of = (list: RouteList): readonly RoutePart[] =>
    listOr(spec[list]).flatMap((route, index): readonly RoutePart[] =>
      isObject(route) ? [{ list, index, route, pointer: `/${list}/${index}` }] : [],
    );
  const [http, tls, tcp] = [of('http'), of('tls'), of('tcp')];
  return { http, tls, tcp, all: [...http, ...tls, ...tcp] };
});

function routedBy(part: RoutePart): readonly DestinationPart[] {
  return listOr(part.route.route).flatMap((entry, i): readonly DestinationPart[] => {
    const { destination, weight } = objectOr(entry);
    if (!isObject(destination)) return [];
    const share = typeof weight === 'number' ? { weight } : {};
    return [{ route: part, destination: asRead(destination), pointer: `${part.pointer}/route/${i}/destination`, as: 'route', ...share }];
  });
}

function mirroredBy(part: RoutePart): readonly DestinationPart[] {
  const { mirror, mirrors } = part.route;
  const one: readonly DestinationPart[] = isObject(mirror)
    ? [{ route: part, destination: asRead(mirror), pointer: `${part.pointer}/mirror`, as: 'mirror' }]
    : [];
  const several = listOr(mirrors).flatMap((entry, i): readonly DestinationPart[] => {
    const { destination } = objectOr(entry);
    if (!isObject(destination)) return [];
    return [{ route: part, destination: asRead(destination), pointer: `${part.pointer}/mirrors/${i}/destination`, as: 'mirror' }];
  });
  return several.length === 0 ? one : [...one, ...several];
}

/** A destination as Istio reads it: an empty `subset`, as charts write it, is none (protobuf's default). */
export function asRead(destination: JsonObject): JsonObject {
  if (destination.subset !== '') return destination;
  const { subset: _none, ...others } = destination;
  return others;
}

/** Whether a VirtualService holds in the mesh: it names no gateway, or `mesh` among them (Istio: validation.go isGateway). */
export function boundToMesh({ gateways }: JsonObject): boolean {
  const names = listOr(gateways);
  return names.length === 0 || names.includes('mesh');
}
