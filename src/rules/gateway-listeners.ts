import { hostWithin, qualifiedGateway } from '../istio/host.ts';
import type { JsonObject } from '../model/json.ts';
import type { ResolvedIntent, ResolvedVirtualService } from '../model/resolved.ts';

/** A VirtualService where it listens on a gateway. */
export interface Listening {
  readonly intent: ResolvedIntent;
  readonly routes: ResolvedVirtualService;
  /** The conditions of its routes there; {} = everything. */
  readonly alternatives: readonly JsonObject[];
  /** How to describe what it takes, where that is no http request. */
  readonly ask?: (name: string) => string;
}

/** One place of a gateway at which several VirtualServices are tried in turn: a virtual host, an SNI name of a port, a TCP port. */
export interface GatewayPlace {
  readonly gateway: string;
  readonly name: string;
  readonly bound: readonly Listening[];
}

/** Every such place, by the names that Istio gives its virtual hosts: the narrower of the server's host and the VirtualService's. */
export function listeningOnGateways(resolved: readonly ResolvedIntent[], namespace: string | undefined): Iterable<GatewayPlace> {
  const servers = serverHosts(resolved, namespace);
  const places = new Map<string, { gateway: string; name: string; bound: Listening[] }>();
  for (const intent of resolved) {
    for (const routes of intent.virtualServices) {
      for (const reference of routes.gateways.filter(({ value }) => value !== 'mesh')) {
        const gateway = qualifiedGateway(reference.value, routes.namespace?.value ?? namespace);
        for (const { kind, name, listening } of placesOf(intent, routes, servers.get(gateway) ?? ['*'])) {
          const key = `${gateway} ${kind} ${name}`;
          const place = places.get(key);
          if (place === undefined) places.set(key, { gateway, name, bound: [listening] });
          else place.bound.push(listening);
        }
      }
    }
  }
  return places.values();
}

interface Place {
  readonly kind: string;
  readonly name: string;
  readonly listening: Listening;
}

function placesOf(intent: ResolvedIntent, routes: ResolvedVirtualService, servers: readonly string[]): readonly Place[] {
  const http = routes.http.flatMap((route) => (route.match.length === 0 ? [{}] : route.match.map(({ value }) => value)));
  const hosts = http.length === 0 ? [] : routes.hosts.flatMap(({ value }) => virtualHosts(value.toLowerCase(), servers));
  const matches = (list: ResolvedVirtualService['tls']) => list.flatMap((route) => route.match.map(({ value }) => value));
  const sni = matches(routes.tls).flatMap(({ port, sniHosts }) =>
    (Array.isArray(sniHosts) ? sniHosts : []).map((host) => ({ port: String(port), host: String(host).toLowerCase() })),
  );
  const ports = [...new Set(matches(routes.tcp).map(({ port }) => String(port)))];
  const connection = { intent, routes, alternatives: [{}] };
  return [
    ...[...new Set(hosts)].map((name) => ({ kind: 'http', name, listening: { intent, routes, alternatives: http } })),
    ...sni.map(({ port, host }) => ({
      kind: `tls ${port}`,
      name: host,
      listening: { ...connection, ask: (name: string) => `TLS connections for ${name} on port ${port}` },
    })),
    ...ports.map((port) => ({
      kind: 'tcp',
      name: port,
      listening: { ...connection, ask: (name: string) => `connections to port ${name}` },
    })),
  ];
}

/** A plain host is one virtual host wherever it is served; a wildcard splits into the narrower hosts of servers beneath it. */
function virtualHosts(host: string, servers: readonly string[]): readonly string[] {
  if (!host.startsWith('*')) return [host];
  const narrower = servers.filter((server) => server !== host && hostWithin(server, host));
  const covered = servers.some((server) => hostWithin(host, server));
  return covered || narrower.length === 0 ? [host, ...narrower] : narrower;
}

/** The http hosts of each gateway of this environment, by 'namespace/name'. */
function serverHosts(resolved: readonly ResolvedIntent[], namespace: string | undefined): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, readonly string[]>();
  for (const { gateways } of resolved) {
    for (const gateway of gateways) {
      const served = gateway.servers.flatMap((server) =>
        server.hosts.map(({ value }) => value.slice(value.indexOf('/') + 1).toLowerCase()),
      );
      hosts.set(qualifiedGateway(gateway.name.value, gateway.namespace?.value ?? namespace), [...new Set(served)]);
    }
  }
  return hosts;
}
