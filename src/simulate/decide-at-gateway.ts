import { hostWithin } from '../istio/host.ts';
import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { isSeenFrom } from '../mesh/visibility.ts';
import { type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { DecisionStep, MeshRequest, RouteDecision } from '../model/routing.ts';
import { decideGatewayConnection } from './decide-connection.ts';
import { type Among, decideAmong, failed } from './decide-http.ts';
import { type HttpEntry, httpEntries } from './http-entries.ts';
import { isCatchAll, matchRequest } from './match-request.ts';
import type { MeshProxy } from './mesh-proxy.ts';
import type { DestinationSight } from './route-destinations.ts';
import { inIstiosOrder } from './sidecar-scope.ts';
import type { Sources } from './sources.ts';

/** A server of a Gateway on the called port. */
interface OpenServer {
  readonly gateway: KnownGateway;
  readonly server: JsonObject;
  /** Lower case, without the namespace that may use it. */
  readonly hosts: readonly { readonly host: string; readonly namespace: string }[];
}

/** What a gateway's pods do with a request or connection (core/gateway.go buildGatewayHTTPRouteConfig, model/gateway.go mergeGateways). */
export function decideAtGateway(request: MeshRequest, sources: Sources, among: Among = decideAmong): RouteDecision {
  const { mesh, rules } = sources;
  const steps: DecisionStep[] = [];
  const assumptions: string[] = [];
  const id = request.gateway ?? '';
  const answer = mesh.gateways.find(id, id.slice(0, Math.max(0, id.indexOf('/'))));
  if (answer.known !== 'yes') return failed({ flag: 'reset', reason: `there is no gateway ${id}` }, { steps, assumptions });
  const { gateway } = answer;
  const [pod, ...others] = mesh.gateways.podsOf(gateway);
  if (pod === undefined) assumptions.push(`nothing shows the pods of ${id}; they are taken to run in ${gateway.namespace}`);
  const labels = Object.fromEntries(Object.entries(pod?.labels ?? gateway.selector ?? {}).map(([key, value]) => [key, String(value)]));
  const namespace = pod?.namespace ?? gateway.namespace;
  const spread = others.find((one) => one.namespace !== namespace);
  if (spread !== undefined)
    assumptions.push(`pods of ${id} run in ${namespace} and ${spread.namespace}; this is what those in ${namespace} do`);
  const proxy: MeshProxy = { kind: 'gateway', gateway, namespace, labels };
  const sight: DestinationSight = { mesh, rules, proxy, port: request.port, seesHost: (host) => isSeenFrom(host.audience, namespace) };
  const story = { steps, assumptions };

  const open = serversOn(gatewaysBeside(gateway, mesh), request.port);
  if (open.length === 0) {
    const ports = [...new Set(gateway.written.map((server) => String(objectOr(server.port).number)))];
    const others = ports.length === 0 ? '' : `; it listens on ${listWords(ports)}`;
    const reason = `no server of ${id} listens on port ${request.port}${others}`;
    return failed({ flag: 'reset', reason }, story);
  }
  const ended = endedServers(open, request);
  if (ended === 'none') {
    steps.push({ ...serverStep(open), took: false });
    const reason = `no server on port ${request.port} is for the SNI ${request.host}`;
    return failed({ flag: 'reset', reason }, story);
  }
  if (ended.kind !== 'http') {
    const objects = boundTo(ended.servers, namespace, sources).map(({ object }) => object);
    steps.push(serverStep(ended.servers));
    return decideGatewayConnection(ended.kind, [...new Set(objects)], request, sight, story);
  }
  steps.push(serverStep(ended.servers));
  const redirected = ended.servers.find(
    ({ server, hosts }) =>
      objectOr(server.tls).httpsRedirect === true && hosts.some(({ host }) => hostWithin(request.host.toLowerCase(), host)),
  );
  if (redirected !== undefined && request.scheme === 'http') {
    const says = 'the server sends everyone to https';
    const told = [...steps, { about: 'gateway', says, took: true }];
    return { kind: 'redirect', destinations: [], redirect: { scheme: 'https', redirectCode: 301 }, onTheWay: {}, steps: told, assumptions };
  }
  return decideVirtualHost(ended.servers, request, proxy, sight, sources, story, among);
}

function serverStep(servers: readonly OpenServer[]): DecisionStep {
  const names = [...new Set(servers.map(({ gateway }) => gateway.id))];
  const hosts = [...new Set(servers.flatMap((one) => one.hosts.map(({ host }) => host)))];
  return { about: 'gateway', says: `${names.join(' and ')} serves ${hosts.join(', ')}`, took: true };
}

/** Gateways of the same pods share their ports; without pods to look at, those of the same selector. */
function gatewaysBeside(gateway: KnownGateway, mesh: Mesh): readonly KnownGateway[] {
  const pods = mesh.gateways.podsOf(gateway);
  const others = mesh.gateways.all.filter((other) => {
    if (other.id === gateway.id || gateway.selector === undefined || other.selector === undefined) return false;
    if (pods.length > 0) return mesh.gateways.podsOf(other).some((pod) => pods.includes(pod));
    return sameJson(other.selector, gateway.selector);
  });
  return [gateway, ...others];
}

function serversOn(gateways: readonly KnownGateway[], port: number): readonly OpenServer[] {
  return gateways.flatMap((gateway) =>
    gateway.written
      .filter((server) => objectOr(server.port).number === port)
      .map((server) => ({
        gateway,
        server,
        hosts: listOr(server.hosts).map((written) => {
          const [namespace, host] = String(written).includes('/') ? String(written).split('/') : ['*', String(written)];
          return { host: (host ?? '').toLowerCase(), namespace: namespace === '.' ? gateway.namespace : (namespace ?? '*') };
        }),
      })),
  );
}

type Ended = { readonly kind: 'http' | 'tls' | 'tcp'; readonly servers: readonly OpenServer[] };

/** Plain servers of a port are one; of those with TLS the SNI chooses one, the narrowest host first. */
function endedServers(open: readonly OpenServer[], request: MeshRequest): Ended | 'none' {
  const plain = open.filter(({ server }) => !isTls(server));
  const [first] = plain;
  if (first !== undefined) return { kind: isHttp(first.server) ? 'http' : 'tcp', servers: plain };
  const sni = request.host.toLowerCase();
  const fitting = open
    .flatMap((one) => one.hosts.filter(({ host }) => hostWithin(sni, host)).map(({ host }) => ({ one, host })))
    .sort((a, b) => Number(a.host.startsWith('*')) - Number(b.host.startsWith('*')) || b.host.length - a.host.length);
  const chosen = fitting[0]?.one;
  if (chosen === undefined) return 'none';
  const { mode } = objectOr(chosen.server.tls);
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') return { kind: 'tls', servers: open };
  return { kind: isHttp(chosen.server) ? 'http' : 'tcp', servers: [chosen] };
}

function isTls({ port }: JsonObject): boolean {
  return ['HTTPS', 'TLS'].includes(String(objectOr(port).protocol).toUpperCase());
}

function isHttp({ port }: JsonObject): boolean {
  return ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTPS'].includes(String(objectOr(port).protocol).toUpperCase());
}

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

interface BoundToServer {
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

/** Envoy's choice of a virtual host: the name itself, then the longest wildcard. */
function decideVirtualHost(
  servers: readonly OpenServer[],
  request: MeshRequest,
  proxy: MeshProxy,
  sight: DestinationSight,
  sources: Sources,
  { steps, assumptions }: { readonly steps: readonly DecisionStep[]; readonly assumptions: readonly string[] },
  among: Among,
): RouteDecision {
  const bound = boundTo(servers, sight.proxy.kind === 'gateway' ? sight.proxy.namespace : '', sources);
  const host = request.host.toLowerCase();
  const name = [...new Set(bound.flatMap(({ names }) => names))]
    .filter((one) => hostWithin(host, one))
    .sort((a, b) => Number(a.startsWith('*')) - Number(b.startsWith('*')) || b.length - a.length)[0];
  if (name === undefined) {
    const reason = `no VirtualService of the gateway is for ${request.host}`;
    return failed({ status: 404, flag: 'NR', reason }, { steps, assumptions });
  }
  const told = [...steps, { about: 'host', says: `${request.host} is the virtual host ${name}`, took: true }];
  const lists = bound
    .filter(({ names }) => names.includes(name))
    .map(({ object, rank }) => ({ object, rank, entries: httpEntries(object, sources.mesh, proxy, request.port).entries }));
  const entries = withCatchAllsLast(lists.flatMap((list) => list.entries));
  const whose = lists.map(({ object }) => {
    const place = { manifest: titleOf(object), pointer: '' };
    return { about: 'virtual-service', says: `routes ${name}`, took: true, place };
  });
  const decision = among(entries, request, sight, { steps: [...told, ...whose], assumptions });
  const rivals = rivalEntries(lists, request, sources.mesh);
  return rivals.length < 2 ? decision : { ...decision, undefinedOrder: rivals };
}

/** Routes of several VirtualServices are put behind one another, then every catch-all to the end (route.go SortVHostRoutes). */
function withCatchAllsLast(entries: readonly HttpEntry[]): readonly HttpEntry[] {
  return [...entries.filter(({ match }) => !isCatchAll(match)), ...entries.filter(({ match }) => isCatchAll(match))];
}

/** VirtualServices of one rank that would all take the request by routes of the same sort: the older one does. */
function rivalEntries(
  lists: readonly { readonly object: MeshObject; readonly rank: number; readonly entries: readonly HttpEntry[] }[],
  request: MeshRequest,
  mesh: Mesh,
): readonly string[] {
  const takers = lists.flatMap(({ object, rank, entries }) => {
    const taken = entries.filter(({ match }) => matchRequest(match, request, mesh.environment.istio.minor).holds);
    const narrow = taken.some(({ match }) => !isCatchAll(match));
    return taken.length === 0 ? [] : [{ title: titleOf(object), rank, narrow }];
  });
  const anyNarrow = takers.some(({ narrow }) => narrow);
  const last = takers.filter(({ narrow }) => narrow === anyNarrow);
  const [first] = last;
  return last.filter(({ rank }) => rank === first?.rank).map(({ title }) => title);
}
