import { qualifiedGateway } from '../istio/host.ts';
import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type Json, listOr, objectOr } from '../model/json.ts';
import type { MeshRequest, RouteDecision, RoutedDestination } from '../model/routing.ts';
import { routeText } from './same-answer.ts';

/**
 * What becomes of requests, on their way out of the mesh as well: where a VirtualService leads callers to a gateway and goes on there, what
 * the gateway does is part of the answer. Where it does nothing with them, they fail.
 */
export function throughHops(mesh: Mesh, decide: (request: MeshRequest) => RouteDecision): (request: MeshRequest) => RouteDecision {
  const leading = new Map(
    mesh.shown('VirtualService').flatMap((object) => {
      const gateways = hopsOf(object);
      return gateways.length === 0 ? [] : [[titleOf(object), { object, gateways }] as const];
    }),
  );
  if (leading.size === 0) return decide;
  return (request) => {
    const decision = decide(request);
    const found = request.gateway === undefined ? leading.get(decision.route?.manifest ?? '') : undefined;
    if (found === undefined || decision.kind !== 'route') return decision;
    const { object, gateways } = found;
    const own = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace).toLowerCase());
    const beyond = (destination: RoutedDestination): RoutedDestination => {
      if (destination.failure !== undefined || own.includes(destination.host.toLowerCase())) return destination;
      const hops = gateways.map((gateway) => {
        const source = { namespace: gateway.split('/')[0] ?? '', labels: {} };
        return { gateway, next: decide({ ...request, gateway, port: destination.port, source }) };
      });
      const lost = hops.find(({ next }) => next.failure !== undefined);
      if (lost?.next.failure !== undefined) {
        const { failure } = lost.next;
        return { ...destination, failure: { ...failure, reason: `at the gateway ${lost.gateway}: ${failure.reason}` } };
      }
      return { ...destination, endpoints: { ...destination.endpoints, next: hops.map(({ next }) => nextWords(next)) } };
    };
    return { ...decision, destinations: decision.destinations.map(beyond) };
  };
}

function nextWords(next: RouteDecision): Json {
  return [routeText(next), ...next.destinations.map(({ policy }) => policy)];
}

/** 'namespace/name' of the gateways at which a VirtualService of the mesh goes on: those that some of its matches are for alone. */
export function hopsOf({ spec, namespace }: MeshObject): readonly string[] {
  const bound = listOr(spec.gateways).map(String);
  if (!bound.includes('mesh') || bound.length < 2) return [];
  const named = routesOf(spec)
    .flatMap(matchesOf)
    .map(({ match }) => listOr(objectOr(match).gateways).map(String))
    .filter((gateways) => gateways.length > 0 && !gateways.includes('mesh'));
  return [...new Set(named.flat().map((name) => qualifiedGateway(name, namespace)))];
}
