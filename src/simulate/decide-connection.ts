import { hostWithin } from '../istio/host.ts';
import { matchesOf, type RoutePart, routesOf } from '../istio/virtual-service-parts.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr } from '../model/json.ts';
import type { DecisionStep, MeshRequest, RouteDecision } from '../model/routing.ts';
import { addressRange, addressWithin } from '../requests/address-range.ts';
import { failed, routedTo, type Story } from './decide-http.ts';
import { type DestinationSight, routeDestinations, wholeHost } from './route-destinations.ts';
import { connectionRefusal } from './static-conditions.ts';
import type { BoundHost } from './virtual-service-index.ts';

/** A connection of a sidecar to a host of the mesh: by SNI where the port carries TLS, otherwise by address and port (core/tls.go). */
export function decideConnection(
  kind: 'tls' | 'tcp',
  host: string,
  candidates: readonly BoundHost[],
  request: MeshRequest,
  sight: DestinationSight,
  story: Story,
): RouteDecision {
  const objects = [...new Set(candidates.map(({ object }) => object))];
  const chosen = kind === 'tls' ? tlsChain(objects, request, sight) : tcpRoute(objects, request, sight);
  if (chosen === undefined) {
    const step = { about: 'virtual-service', says: `none routes the connection: all endpoints of ${host}`, took: true };
    return routedTo(wholeHost(host, sight), { ...story, steps: [...story.steps, step] }, { onTheWay: {} });
  }
  return takenConnection(chosen, sight, story);
}

/** A connection that came in by a server of a gateway: nothing else takes it. */
export function decideGatewayConnection(
  kind: 'tls' | 'tcp',
  objects: readonly MeshObject[],
  request: MeshRequest,
  sight: DestinationSight,
  story: Story,
): RouteDecision {
  const chosen = kind === 'tls' ? tlsChain(objects, request, sight) : tcpRoute(objects, request, sight);
  if (chosen !== undefined) return takenConnection(chosen, sight, story);
  return failed({ flag: 'reset', reason: `nothing routes ${kind === 'tls' ? `the SNI ${request.host}` : `port ${request.port}`}` }, story);
}

interface ChosenRoute {
  readonly object: MeshObject;
  readonly part: RoutePart;
  readonly pointer: string;
  readonly says: string;
}

function takenConnection({ object, part, pointer, says }: ChosenRoute, sight: DestinationSight, story: Story): RouteDecision {
  const manifest = titleOf(object);
  const whose = { about: 'virtual-service', says: 'routes the connection', took: true, place: { manifest, pointer: '' } };
  const step: DecisionStep = { about: 'match', says, took: true, place: { manifest, pointer } };
  const routed = routeDestinations(listOr(part.route.route), object.namespace, sight);
  return routedTo(routed, { ...story, steps: [...story.steps, whose, step] }, { onTheWay: {}, route: { manifest, pointer: part.pointer } });
}

/** Of all SNI names that fit Envoy takes the narrowest; the first that claims a name has it. */
function tlsChain(objects: readonly MeshObject[], request: MeshRequest, sight: DestinationSight): ChosenRoute | undefined {
  const sni = request.host.toLowerCase();
  let best: (ChosenRoute & { readonly name: string }) | undefined;
  for (const object of objects) {
    for (const part of routesOf(object.spec, ['tls'])) {
      for (const { match, pointer } of matchesOf(part)) {
        if (connectionRefusal(match, object.namespace, sight.proxy, request.port) !== undefined || !subnetsHold(match, request)) continue;
        for (const written of listOr(match.sniHosts)) {
          const name = String(written).toLowerCase();
          if (!hostWithin(sni, name) || (best !== undefined && !isNarrower(name, best.name))) continue;
          best = { object, part, pointer, name, says: `takes the SNI ${String(written)}` };
        }
      }
    }
  }
  return best;
}

function isNarrower(a: string, b: string): boolean {
  if (a.startsWith('*') !== b.startsWith('*')) return b.startsWith('*');
  return a.length > b.length;
}

/** In the list's order, whichever names the host more closely; the first route without conditions on the address ends it. */
function tcpRoute(objects: readonly MeshObject[], request: MeshRequest, sight: DestinationSight): ChosenRoute | undefined {
  for (const object of objects) {
    const found = firstTcpRoute(object, request, sight);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstTcpRoute(object: MeshObject, request: MeshRequest, sight: DestinationSight): ChosenRoute | undefined {
  for (const part of routesOf(object.spec, ['tcp'])) {
    const matches = matchesOf(part);
    if (matches.length === 0) return { object, part, pointer: part.pointer, says: 'takes every connection' };
    for (const { match, pointer } of matches) {
      if (connectionRefusal(match, object.namespace, sight.proxy, request.port) !== undefined || !subnetsHold(match, request)) continue;
      return { object, part, pointer, says: 'matches' };
    }
  }
  return undefined;
}

/** Of a request without an address only conditions that leave the address open hold. */
function subnetsHold({ destinationSubnets }: JsonObject, { address }: MeshRequest): boolean {
  const subnets = listOr(destinationSubnets).flatMap((subnet) => addressRange(String(subnet)) ?? []);
  return listOr(destinationSubnets).length === 0 || (address !== undefined && addressWithin(address, subnets));
}
