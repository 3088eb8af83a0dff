import { qualifiedHost } from '../istio/host.ts';
import { destinationsOf, type RoutePart } from '../istio/virtual-service-parts.ts';
import type { JsonObject } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { ShiftedService } from './shifted-services.ts';

/** A route that carries the weights of a service which a controller moves. */
export interface CarriedSplit {
  readonly route: RoutePart;
  /** The entries of the route that lead to the service, into `spec`: '/http/0/route/1'. */
  readonly entries: readonly Pointer[];
}

/**
 * Where a VirtualService carries the weights of a service: its own, one that exposes it, a delegate, or another's route that leads to it and
 * so repeats its split. Argo Rollouts moves what leads to both versions; Flagger whatever leads to the service, for it has no subsets.
 */
export function carriedSplits(
  spec: JsonObject,
  namespace: string,
  { owner, host }: Pick<ShiftedService, 'owner' | 'host'>,
  clusterDomain: string,
): readonly CarriedSplit[] {
  const byRoute = new Map<RoutePart, { readonly subset: string; readonly entry: Pointer }[]>();
  for (const { route, destination, pointer, as } of destinationsOf(spec)) {
    if (as === 'mirror' || qualifiedHost(String(destination.host), namespace, clusterDomain).toLowerCase() !== host.toLowerCase()) continue;
    const found = { subset: String(destination.subset ?? ''), entry: pointer.slice(0, -'/destination'.length) };
    byRoute.set(route, [...(byRoute.get(route) ?? []), found]);
  }
  return [...byRoute].flatMap(([route, found]) => {
    const subsets = new Set(found.map(({ subset }) => subset));
    return owner === 'argo-rollouts' && subsets.size < 2 ? [] : [{ route, entries: found.map(({ entry }) => entry) }];
  });
}
