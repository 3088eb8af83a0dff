import { qualifiedGateway } from '../../../istio/host.ts';
import { routeListOf } from '../../../istio/protocol.ts';
import { matchesOf, type RouteList, type RoutePart } from '../../../istio/virtual-service-parts.ts';
import type { HostPort } from '../../../mesh/known-hosts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type Binding, bindingsIn } from '../../../mesh/virtual-service-clients.ts';
import { listOr } from '../../../model/json.ts';
import { rememberedByReads } from '../../../model/recorded-reads.ts';
import { destinationsIn, type NamedDestination, ownersOf } from './each-destination.ts';
import { portsOfHost } from './ports-of-host.ts';

/** A port on which a proxy takes requests for a route. */
export interface Listener {
  readonly port: number;
  /** Sidecars route http among hosts that have the listener's own port; gateways, tls and tcp look at all ports of a host. */
  readonly ownPortOnly: boolean;
}

/**
 * Where the requests of a route arrive: at a sidecar on the ports of the hosts that the VirtualService routes, at a gateway on those of its
 * servers. Undefined where the input does not tell all of them.
 */
function listenersOf(mesh: Mesh, object: MeshObject, part: RoutePart, bindings: readonly Binding[]): readonly Listener[] | undefined {
  const [binding, ...others] = bindings;
  // What a delegate's routes become depends on the root's conditions, too.
  if (binding === undefined || others.length > 0 || binding.root !== object) return undefined;
  const matches = matchesOf(part);
  const alternatives = matches.length === 0 ? [{}] : matches.map(({ match }) => match);
  const listeners: Listener[] = [];
  for (const { gateways, port } of alternatives) {
    const named = listOr(gateways).map((name) => (name === 'mesh' ? name : qualifiedGateway(String(name), object.namespace)));
    for (const gateway of named.length === 0 ? binding.gateways : named) {
      const ports = gateway === 'mesh' ? hostPorts(mesh, binding, part.list) : serverPorts(mesh, gateway, part.list);
      if (typeof port !== 'number' && ports === undefined) return undefined;
      const taken = typeof port === 'number' ? (ports ?? [port]).filter((number) => number === port) : (ports ?? []);
      for (const number of taken) listeners.push({ port: number, ownPortOnly: gateway === 'mesh' && part.list === 'http' });
    }
  }
  return listeners;
}

function hostPorts(mesh: Mesh, { hosts, root }: Binding, list: RouteList): readonly number[] | undefined {
  const ports: number[] = [];
  for (const host of hosts) {
    const known = host.startsWith('*') ? undefined : portsOfHost(ownersOf(mesh, host, root.namespace));
    if (known === undefined) return undefined;
    ports.push(...known.filter((port) => carries(port, list)).map(({ number }) => number));
  }
  return ports;
}

function serverPorts(mesh: Mesh, gateway: string, list: RouteList): readonly number[] | undefined {
  const answer = mesh.gateways.find(gateway, '');
  if (answer.known !== 'yes' || answer.gateway.servers === undefined) return undefined;
  return answer.gateway.servers.filter((server) => server.list === list).map(({ number }) => number);
}

/** Whether a port's protocol is one that a list routes; one that nothing tells is found out as it is spoken, and may be http or tcp. */
function carries({ protocol }: HostPort, list: RouteList): boolean {
  const own = routeListOf(protocol);
  if (list === 'tls') return own === 'tls';
  if (protocol?.toLowerCase() === 'udp') return false;
  return list === 'http' ? own === 'http' || own === undefined : own !== 'http';
}

/** Whether a destination without a port is one with endpoints, for a request that arrived there (Istio: route.go GetDestinationCluster). */
function servesListener(ports: readonly HostPort[], { port, ownPortOnly }: Listener): boolean {
  return ports.some(({ number }) => number === port) || (!ownPortOnly && ports.length === 1);
}

/** A destination without a port, of a host whose ports are known. */
export interface PortlessDestination extends NamedDestination {
  readonly ports: readonly HostPort[];
  /** Undefined where the input does not tell where the route's requests arrive. */
  readonly listeners: readonly Listener[] | undefined;
  /** Those at which the host has no endpoints. */
  readonly failing: readonly Listener[];
}

/** Those of an object. */
export const portlessDestinations = rememberedByReads((object: MeshObject, mesh: Mesh): readonly PortlessDestination[] => {
  const bindings = bindingsIn(mesh)(object);
  const known = new Map<RoutePart, readonly Listener[] | undefined>();
  const listenersAt = ({ part: { route } }: NamedDestination) => {
    if (!known.has(route)) known.set(route, listenersOf(mesh, object, route, bindings));
    return known.get(route);
  };
  return destinationsIn(object, mesh).flatMap((named): readonly PortlessDestination[] => {
    if (named.part.destination.port !== undefined) return [];
    const ports = portsOfHost(ownersOf(mesh, named.written, object.namespace));
    if (ports === undefined || ports.length === 0) return [];
    const listeners = listenersAt(named);
    return [{ ...named, ports, listeners, failing: (listeners ?? []).filter((listener) => !servesListener(ports, listener)) }];
  });
});
