import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';

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

/** The routes of the named lists, in order; entries that are no maps are passed over. */
export function routesOf(spec: JsonObject, lists: readonly RouteList[] = ['http', 'tls', 'tcp']): readonly RoutePart[] {
  return lists.flatMap((list) =>
    listOr(spec[list]).flatMap((route, index): readonly RoutePart[] =>
      isObject(route) ? [{ list, index, route, pointer: `/${list}/${index}` }] : [],
    ),
  );
}

/** The alternatives of a route's `match` with their places; none = the route takes everything. */
export function matchesOf({ route, pointer }: RoutePart): readonly { readonly match: JsonObject; readonly pointer: Pointer }[] {
  return listOr(route.match).map((match, i) => ({ match: objectOr(match), pointer: `${pointer}/match/${i}` }));
}

/** Every destination that a VirtualService names: of routes and of mirrors. */
export function destinationsOf(spec: JsonObject): readonly DestinationPart[] {
  return routesOf(spec).flatMap((part) => {
    const { route, pointer } = part;
    const routed = listOr(route.route).map((entry, i) => ({ entry: objectOr(entry), place: `${pointer}/route/${i}/destination` }));
    const mirrored = [
      ...(isObject(route.mirror) ? [{ destination: route.mirror, place: `${pointer}/mirror` }] : []),
      ...listOr(route.mirrors).map((entry, i) => ({
        destination: objectOr(entry).destination,
        place: `${pointer}/mirrors/${i}/destination`,
      })),
    ];
    return [
      ...routed.flatMap(({ entry, place }): readonly DestinationPart[] =>
        isObject(entry.destination)
          ? [
              {
                route: part,
                destination: entry.destination,
                pointer: place,
                as: 'route',
                ...(typeof entry.weight === 'number' ? { weight: entry.weight } : {}),
              },
            ]
          : [],
      ),
      ...mirrored.flatMap(({ destination, place }): readonly DestinationPart[] =>
        isObject(destination) ? [{ route: part, destination, pointer: place, as: 'mirror' }] : [],
      ),
    ];
  });
}
