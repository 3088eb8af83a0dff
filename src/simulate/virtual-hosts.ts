import { hostWithin } from '../istio/host.ts';
import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { isHttp, isTls, type OpenServer, serversOn } from './gateway-servers.ts';
import { type HttpEntry, httpEntries } from './http-entries.ts';
import type { GatewayProxy } from './mesh-proxy.ts';
import { inIstiosOrder } from './sidecar-scope.ts';
import type { Sources } from './sources.ts';

/** The names that VirtualServices give a gateway's own servers on a port, each with the scheme by which it is called. */
export function virtualHostsAt(gateway: KnownGateway, port: number, sources: Sources): readonly VirtualHostName[] {
  const [pod] = sources.mesh.gateways.podsOf(gateway);
  return serversOn([gateway], port).flatMap((server) => {
    const sort = { scheme: isTls(server.server) ? 'https' : 'http', carriesHttp: isOpened(server.server) } as const;
    return boundTo([server], pod?.namespace ?? gateway.namespace, sources).flatMap(({ object, names }) => {
      const all = sort.carriesHttp
        ? names
        : new Set([...names, ...serverNames(object).filter((sni) => names.some((name) => hostWithin(sni, name)))]);
      return [...all].map((name): VirtualHostName => ({ name, ...sort }));
    });
  });
}

/** What tls routes ask for besides the hosts of their VirtualService; in lower case. */
export function serverNames({ spec }: MeshObject): readonly string[] {
  return routesOf(spec, ['tls'])
    .flatMap(matchesOf)
    .flatMap(({ match }) => listOr(match.sniHosts).map((host) => String(host).toLowerCase()));
}

export interface VirtualHostName {
  /** May be a wildcard. */
  readonly name: string;
  readonly scheme: 'http' | 'https';
  /** Otherwise what arrives is a connection. */
  readonly carriesHttp: boolean;
}

function isOpened(server: JsonObject): boolean {
  const { mode } = objectOr(server.tls);
  return isHttp(server) && mode !== 'PASSTHROUGH' && mode !== 'AUTO_PASSTHROUGH';
}

export interface BoundToServer {
  readonly object: MeshObject;
  /** The virtual hosts that it has there: the narrower of the server's host and its own. */
  readonly names: readonly string[];
  /** The Gateways by whose servers it is bound. */
  readonly gateways: readonly KnownGateway[];
  readonly rank: number;
}

/** VirtualServices bound to the servers, that the gateway's pods see and the servers' hosts admit, in Istio's order. */
export function boundTo(
  servers: readonly OpenServer[],
  namespace: string,
  { mesh, index }: Pick<Sources, 'mesh' | 'index'>,
): readonly BoundToServer[] {
  const found = new Map<MeshObject, { readonly names: Set<string>; readonly gateways: Set<KnownGateway> }>();
  for (const server of servers) {
    for (const object of index.ofGateway(server.gateway.id)) {
      const met = namesAt(server, object, mesh);
      if (met.length === 0) continue;
      const all = found.get(object) ?? { names: new Set(), gateways: new Set() };
      for (const name of met) all.names.add(name);
      all.gateways.add(server.gateway);
      found.set(object, all);
    }
  }
  const bound = [...found.keys()].map((object) => ({ object, host: '' }));
  return inIstiosOrder(bound, namespace, mesh.environment.mesh.exportTo).map(({ object, rank }) => ({
    object,
    rank,
    names: [...(found.get(object)?.names ?? [])],
    gateways: [...(found.get(object)?.gateways ?? [])],
  }));
}

function namesAt({ hosts }: OpenServer, object: MeshObject, mesh: Mesh): readonly string[] {
  const own = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace).toLowerCase());
  return hosts
    .filter((one) => one.namespace === '*' || one.namespace === object.namespace)
    .flatMap(({ host }) => own.flatMap((mine) => narrower(host, mine) ?? []));
}

function narrower(a: string, b: string): string | undefined {
  if (hostWithin(a, b)) return a;
  return hostWithin(b, a) ? b : undefined;
}

/** The routes that the gateway's pods get of a VirtualService, by each of the Gateways that it is bound to. */
export function boundEntries({ object, gateways }: BoundToServer, proxy: GatewayProxy, mesh: Mesh, port: number): readonly HttpEntry[] {
  return gateways.flatMap((gateway) => httpEntries(object, mesh, { ...proxy, gateway }, port).entries);
}

/** The virtual hosts of some servers that a gateway's pods merge. */
export interface VirtualHosts {
  /** All VirtualServices that are bound to the servers, in Istio's order. */
  readonly bound: readonly BoundToServer[];
  /** Envoy's choice for a host: the name itself, then the longest wildcard. */
  readonly nameFor: (host: string) => string | undefined;
  /** Those that have the name, in Istio's order. */
  readonly named: (name: string) => readonly BoundToServer[];
  /** The names at which plain http is sent to https. */
  readonly redirects: ReadonlySet<string>;
}

const hostsOf = rememberedFor((_sources: Sources) => new Map<string, VirtualHosts>());

/** Looked up once for a mesh and these servers: each request asks for one of perhaps thousands. */
export function virtualHostsOf(servers: readonly OpenServer[], proxy: GatewayProxy, sources: Sources): VirtualHosts {
  const known = hostsOf(sources);
  const key = [proxy.namespace, proxy.gateway.id, ...servers.map(({ id }) => id)].join('\n');
  const found = known.get(key) ?? mergedHosts(servers, proxy, sources);
  known.set(key, found);
  return found;
}

/** A VirtualService without any route for the server has no virtual host there: others, perhaps of a wildcard, take its requests (gateway.go). */
function mergedHosts(servers: readonly OpenServer[], proxy: GatewayProxy, sources: Sources): VirtualHosts {
  const { mesh } = sources;
  const bound = boundTo(servers, proxy.namespace, sources);
  const port = Number(objectOr(servers[0]?.server.port).number);
  const byName = new Map<string, BoundToServer[]>();
  for (const one of bound) {
    if (boundEntries(one, proxy, mesh, port).length === 0) continue;
    for (const name of one.names) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [one]);
      else known.push(one);
    }
  }
  const redirects = redirectedNames(servers, byName, mesh);
  const isThere = (name: string) => byName.has(name) || redirects.has(name);
  const wildcardFor = (host: string): string | undefined => {
    for (let from = 0; from <= host.length; from += 1) if (isThere(`*${host.slice(from)}`)) return `*${host.slice(from)}`;
    return undefined;
  };
  return {
    bound,
    redirects,
    nameFor: (written) => {
      const host = written.toLowerCase();
      return isThere(host) ? host : wildcardFor(host.startsWith('*') ? host.slice(1) : host);
    },
    named: (name) => byName.get(name) ?? [],
  };
}

/** Of a server that redirects: the names of its VirtualServices there, and its own hosts, for which it needs none. */
function redirectedNames(
  servers: readonly OpenServer[],
  byName: ReadonlyMap<string, readonly BoundToServer[]>,
  mesh: Mesh,
): ReadonlySet<string> {
  const redirecting = servers.filter(({ server }) => objectOr(server.tls).httpsRedirect === true);
  if (redirecting.length === 0) return new Set();
  const routed = [...new Set([...byName.values()].flat())];
  return new Set(
    redirecting.flatMap((server) => [
      ...server.hosts.filter(({ namespace }) => namespace === '*').map(({ host }) => host),
      ...routed.filter(({ gateways }) => gateways.includes(server.gateway)).flatMap(({ object }) => namesAt(server, object, mesh)),
    ]),
  );
}
