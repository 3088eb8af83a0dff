import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { isSeenFrom } from '../mesh/visibility.ts';
import { objectOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { DecisionStep, MeshRequest, RouteDecision } from '../model/routing.ts';
import { isAgeTold } from './age.ts';
import { decideGatewayConnection } from './decide-connection.ts';
import { type Among, decideAmong, failed } from './decide-http.ts';
import { endedServers, type OpenServer, openServers } from './gateway-servers.ts';
import type { HttpEntry } from './http-entries.ts';
import { isCatchAll, matchRequest } from './match-request.ts';
import type { GatewayProxy } from './mesh-proxy.ts';
import type { DestinationSight } from './route-destinations.ts';
import type { Sources } from './sources.ts';
import { boundEntries, type VirtualHosts, virtualHostsOf } from './virtual-hosts.ts';

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
  const proxy: GatewayProxy = { kind: 'gateway', gateway, namespace, labels };
  const sight: DestinationSight = { mesh, rules, proxy, port: request.port, seesHost: (host) => isSeenFrom(host.audience, namespace) };
  const story = { steps, assumptions };

  const open = openServers(gateway, mesh, request.port);
  if (open.length === 0) {
    const ports = [...new Set(gateway.written.map((server) => String(objectOr(server.port).number)))];
    const others = ports.length === 0 ? '' : `; it listens on ${listWords(ports)}`;
    const reason = `no server of ${id} listens on port ${request.port}${others}`;
    return failed({ flag: 'reset', reason }, story);
  }
  const ended = endedServers(open, request);
  if ('reason' in ended) {
    steps.push({ ...serverStep(open), took: false });
    return failed({ flag: 'reset', reason: ended.reason }, story);
  }
  const hosts = virtualHostsOf(ended.servers, proxy, sources);
  steps.push(serverStep(ended.servers));
  if (ended.kind !== 'http') return decideGatewayConnection(ended.kind, hosts.bound, request, sight, story);
  return decideVirtualHost(hosts, opened(request, steps), proxy, sight, sources, story, among);
}

/** A connection by TLS that the server opens carries requests: the first is taken for all. */
function opened(request: MeshRequest, steps: DecisionStep[]): MeshRequest {
  if (request.protocol !== 'tls') return request;
  steps.push({
    about: 'gateway',
    says: `the server opens TLS; this is what becomes of ${request.method} ${request.path} in it`,
    took: true,
  });
  return { ...request, protocol: 'http', scheme: 'https' };
}

function serverStep(servers: readonly OpenServer[]): DecisionStep {
  const names = [...new Set(servers.map(({ gateway }) => gateway.id))];
  const hosts = [...new Set(servers.flatMap((one) => one.hosts.map(({ host }) => host)))];
  return { about: 'gateway', says: `${names.join(' and ')} serve${names.length === 1 ? 's' : ''} ${hosts.join(', ')}`, took: true };
}

/** Envoy's choice of a virtual host: the name itself, then the longest wildcard. */
function decideVirtualHost(
  hosts: VirtualHosts,
  request: MeshRequest,
  proxy: GatewayProxy,
  sight: DestinationSight,
  sources: Sources,
  { steps, assumptions }: { readonly steps: readonly DecisionStep[]; readonly assumptions: readonly string[] },
  among: Among,
): RouteDecision {
  const name = hosts.nameFor(request.host);
  if (name === undefined) {
    const reason = `no VirtualService of the gateway is for ${request.host}`;
    return failed({ status: 404, flag: 'NR', reason }, { steps, assumptions });
  }
  const told = [...steps, { about: 'host', says: `${request.host} is the virtual host ${name}`, took: true }];
  if (request.scheme === 'http' && hosts.redirects.has(name)) {
    const says = 'the server sends everyone to https';
    return {
      kind: 'redirect',
      destinations: [],
      redirect: { scheme: 'https', redirectCode: 301 },
      onTheWay: {},
      steps: [...told, { about: 'gateway', says, took: true }],
      assumptions,
    };
  }
  const lists = hosts.named(name).map((one) => ({ ...one, entries: boundEntries(one, proxy, sources.mesh, request.port) }));
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
    return taken.length === 0 ? [] : [{ object, rank, narrow }];
  });
  const anyNarrow = takers.some(({ narrow }) => narrow);
  const last = takers.filter(({ narrow }) => narrow === anyNarrow);
  const [first] = last;
  return last
    .filter(({ rank, object }) => rank === first?.rank && (object === first.object || !isAgeTold(object, first.object)))
    .map(({ object }) => titleOf(object));
}
