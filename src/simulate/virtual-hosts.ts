import { hostWithin } from '../istio/host.ts';
import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { isHttp, isTls, type OpenServer, serversOn } from './gateway-servers.ts';
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

/** What tls routes ask for besides the hosts of their VirtualService. */
function serverNames({ spec }: MeshObject): readonly string[] {
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
  readonly rank: number;
}

/** VirtualServices bound to the servers, that the gateway's pods see and the servers' hosts admit, in Istio's order. */
function boundTo(servers: readonly OpenServer[], namespace: string, { mesh, index }: Sources): readonly BoundToServer[] {
  const names = new Map<MeshObject, Set<string>>();
  for (const { gateway, hosts } of servers) {
    for (const object of index.ofGateway(gateway.id)) {
      const own = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace).toLowerCase());
      const met = hosts
        .filter((one) => one.namespace === '*' || one.namespace === object.namespace)
        .flatMap(({ host }) => own.flatMap((mine) => narrower(host, mine) ?? []));
      if (met.length === 0) continue;
      const all = names.get(object) ?? new Set<string>();
      for (const name of met) all.add(name);
      names.set(object, all);
    }
  }
  const bound = [...names.keys()].map((object) => ({ object, host: '' }));
  return inIstiosOrder(bound, namespace, mesh.environment.mesh.exportTo).map(({ object, rank }) => ({
    object,
    rank,
    names: [...(names.get(object) ?? [])],
  }));
}

function narrower(a: string, b: string): string | undefined {
  if (hostWithin(a, b)) return a;
  return hostWithin(b, a) ? b : undefined;
}

/** The virtual hosts of some servers that a gateway's pods merge. */
export interface VirtualHosts {
  /** All VirtualServices that are bound to the servers, in Istio's order. */
  readonly bound: readonly BoundToServer[];
  /** Envoy's choice for a host: the name itself, then the longest wildcard. */
  readonly nameFor: (host: string) => string | undefined;
  /** Those that have the name, in Istio's order. */
  readonly named: (name: string) => readonly BoundToServer[];
}

const hostsOf = rememberedFor((_sources: Sources) => new Map<string, VirtualHosts>());

/** Looked up once for a mesh and these servers: each request asks for one of perhaps thousands. */
export function virtualHostsOf(servers: readonly OpenServer[], namespace: string, sources: Sources): VirtualHosts {
  const known = hostsOf(sources);
  const key = [namespace, ...servers.map(({ id }) => id)].join('\n');
  const found = known.get(key) ?? mergedHosts(boundTo(servers, namespace, sources));
  known.set(key, found);
  return found;
}

function mergedHosts(bound: readonly BoundToServer[]): VirtualHosts {
  const byName = new Map<string, BoundToServer[]>();
  for (const one of bound) {
    for (const name of one.names) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [one]);
      else known.push(one);
    }
  }
  const wildcardFor = (host: string): string | undefined => {
    for (let from = 0; from <= host.length; from += 1) if (byName.has(`*${host.slice(from)}`)) return `*${host.slice(from)}`;
    return undefined;
  };
  return {
    bound,
    nameFor: (written) => {
      const host = written.toLowerCase();
      return byName.has(host) ? host : wildcardFor(host.startsWith('*') ? host.slice(1) : host);
    },
    named: (name) => byName.get(name) ?? [],
  };
}
