import { qualifiedHost } from '../istio/host.ts';
import { destinationsOf, type RoutePart } from '../istio/virtual-service-parts.ts';
import type { JsonObject } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { ShiftedService } from './shifted-services.ts';

/** A VirtualService, as far as it matters whose weights it carries. */
export interface CarryingObject {
  readonly name: string;
  readonly namespace: string;
  readonly spec: JsonObject;
}

/** A route that carries the weights of a service which a controller moves. */
export interface CarriedSplit {
  readonly route: RoutePart;
  /** The entries of the route that lead to the service, into `spec`: '/http/0/route/1'. */
  readonly entries: readonly Pointer[];
}

/** A route, and how it leads to one host. */
interface LeadingRoute extends CarriedSplit {
  readonly subsets: ReadonlySet<string>;
}

/** Which VirtualServices lead to a host, by its qualified name in lower case, and by which routes. */
export type RoutesByHost<T> = ReadonlyMap<string, ReadonlyMap<T, readonly LeadingRoute[]>>;

/** Looks at every destination once, however many services there are; mirrors are copies, and lead nobody. */
export function routesByHost<T extends CarryingObject>(objects: readonly T[], clusterDomain: string): RoutesByHost<T> {
  const byHost = new Map<string, Map<T, LeadingRoute[]>>();
  for (const object of objects) {
    for (const [key, route] of leadingRoutes(object, clusterDomain)) {
      const known = byHost.get(key) ?? new Map<T, LeadingRoute[]>();
      byHost.set(key, known.set(object, [...(known.get(object) ?? []), route]));
    }
  }
  return byHost;
}

/** Each route with each host that it leads to. */
function leadingRoutes({ namespace, spec }: CarryingObject, clusterDomain: string): readonly (readonly [string, LeadingRoute])[] {
  const found = new Map<string, [string, { route: RoutePart; entries: Pointer[]; subsets: Set<string> }]>();
  for (const { route, destination, pointer, as } of destinationsOf(spec)) {
    if (as === 'mirror') continue;
    const host = qualifiedHost(String(destination.host), namespace, clusterDomain).toLowerCase();
    const key = `${route.pointer} ${host}`;
    const [, known] = found.get(key) ?? [host, { route, entries: [], subsets: new Set<string>() }];
    known.entries.push(pointer.slice(0, -'/destination'.length));
    known.subsets.add(String(destination.subset ?? ''));
    found.set(key, [host, known]);
  }
  return [...found.values()];
}

/**
 * Where the weights of a service stand: in its own VirtualService, one that exposes it, a delegate, or another's route that leads to it and so
 * repeats its split. Argo Rollouts moves what leads to both versions; Flagger whatever leads to the service, for it has no subsets.
 */
export function carriersOf<T>(
  { owner, host }: Pick<ShiftedService, 'owner' | 'host'>,
  byHost: RoutesByHost<T>,
): readonly { readonly object: T; readonly splits: readonly CarriedSplit[] }[] {
  const leading = [...(byHost.get(host.toLowerCase()) ?? [])];
  return leading.flatMap(([object, routes]) => {
    const splits = owner === 'flagger' ? routes : routes.filter(({ subsets }) => subsets.size > 1);
    return splits.length === 0 ? [] : [{ object, splits }];
  });
}
