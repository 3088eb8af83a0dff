import { matchesOf, type RouteList, routesOf } from '../istio/virtual-service-parts.ts';
import type { JsonObject } from '../model/json.ts';
import { listOr } from '../model/json.ts';
import { type CarriedSplit, type CarryingObject, carriersOf, type RoutesByHost } from './carried-splits.ts';
import type { ShiftedObject } from './rollouts.ts';
import type { ShiftedService } from './shifted-services.ts';

/** What a Rollout has to name so that the weights of a service move everywhere, the service's own VirtualService first. */
export function shiftedObjects(service: ShiftedService, byHost: RoutesByHost<CarryingObject>): readonly ShiftedObject[] {
  const found = carriersOf(service, byHost).flatMap(({ object: { name, namespace, spec }, splits }) =>
    strayList(spec, splits) === undefined ? [{ name, namespace, ...namedIn(splits) }] : [],
  );
  const isOwn = ({ name, namespace }: ShiftedObject): boolean => name === service.name && namespace === service.namespace;
  return [...found.filter(isOwn), ...found.filter((one) => !isOwn(one))];
}

/**
 * A list of routes that carries nothing of the service beside one that does. Where a Rollout names no tls or tcp route of a VirtualService, Argo
 * Rollouts takes the first, and stops when its destinations are others (istio.go, ValidateTcpRoutes); http routes it is told by name.
 */
export function strayList(spec: JsonObject, splits: readonly CarriedSplit[]): RouteList | undefined {
  const carrying = new Set(splits.map(({ route }) => route.list));
  return (['tls', 'tcp', 'http'] as const).find((list) => !carrying.has(list) && routesOf(spec, [list]).length > 0);
}

function namedIn(splits: readonly CarriedSplit[]): Omit<ShiftedObject, 'name' | 'namespace'> {
  const routes = (wanted: RouteList) => splits.filter(({ route }) => route.list === wanted).map(({ route }) => route);
  const matches = (list: 'tls' | 'tcp') => routes(list).map((route) => matchesOf(route).map(({ match }) => match));
  const portOf = (all: readonly JsonObject[]): number => Number(all.find(({ port }) => port !== undefined)?.port ?? 0);
  return {
    routes: routes('http').flatMap(({ route: { name } }) => (typeof name === 'string' ? [name] : [])),
    tlsRoutes: matches('tls').map((all) => ({
      port: portOf(all),
      sniHosts: [...new Set(all.flatMap(({ sniHosts }) => listOr(sniHosts).map(String)))],
    })),
    tcpRoutes: matches('tcp').map((all) => ({ port: portOf(all) })),
  };
}
