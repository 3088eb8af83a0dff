import { hostWithin } from '../istio/names.ts';
import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import type { ResolvedVirtualService } from '../model/resolved.ts';
import type { ExposureWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { claimPinsApart, exposedPort, exposureHostServed, joinedPort, knownServer, serverForPort } from './exposure-diagnostics.ts';
import { type GatewayServer, type GatewayTarget, gatewayReference, namedGateway } from './gateways.ts';
import { lowerHttp, lowerL4 } from './lower-route.ts';
import { objectName } from './object-name.ts';
import { pinsOf } from './pins.ts';
import type { Port } from './ports.ts';
import { restrict } from './route-draft.ts';
import { routesOf } from './routes.ts';
import type { ServiceTarget } from './service.ts';

/** One entry of `expose`, its gateway found. */
export interface Exposure {
  readonly words: ExposureWords;
  readonly pointer: string;
  readonly gateway: GatewayTarget;
  readonly origin: Origin;
  /** Shares the mesh's VirtualService instead of having one of its own. */
  readonly joined: boolean;
  /** The gateway's own host list names this service: its routes become delegates there. */
  readonly shared: boolean;
}

export function exposuresOf(context: ResolveContext, target: ServiceTarget): readonly Exposure[] {
  return (target.words.expose ?? []).flatMap((words, index) => {
    const pointer = `/expose/${index}`;
    const gateway = namedGateway(context, target, words.gateway, `${pointer}/gateway`);
    if (gateway === undefined) return [];
    const said = (['hosts', 'match', 'server', 'port', 'routes', 'name'] as const).some((word) => words[word] !== undefined);
    const shared = words.hosts === undefined && context.sharedOn(gateway.intent).has(target.intent);
    const layer = target.ports.length === 1 ? target.ports[0]?.layer : 'http';
    const joined = !said && !shared && layer === 'http' && gateway.servers.every((server) => server.layer === 'http');
    return [{ words, pointer, gateway, origin: originOf(target.intent, `${pointer}/gateway`), joined, shared }];
  });
}

/** The gateways that join the mesh's VirtualService; what that form can't carry is reported. */
export function joinedGateways(context: ResolveContext, target: ServiceTarget, exposures: readonly Exposure[]): readonly Traced<string>[] {
  const joined = exposures.filter((exposure) => exposure.joined);
  for (const { origin } of joined) {
    if (target.ports.length > 1) context.report(joinedPort, { params: { name: target.intent.name }, at: origin.at });
    if (pinsOf(context, target).some((pin) => pin.byClaim))
      context.report(claimPinsApart, { params: { name: target.intent.name }, at: origin.at });
  }
  return joined.map(({ gateway, origin }) => gatewayReference(gateway, target.namespace, origin));
}

/** The VirtualService of one exposure that stands on its own. */
export function exposedVirtualService(
  context: ResolveContext,
  target: ServiceTarget,
  exposure: Exposure,
): ResolvedVirtualService | undefined {
  const { words, pointer, gateway, origin } = exposure;
  const port = portOf(context, target, exposure);
  if (port === undefined) return undefined;
  const servers = serversFor(context, target, exposure, port);
  if (servers.length === 0) return undefined;
  const hosts = exposedHosts(context, target, exposure, servers);
  const name =
    words.name === undefined
      ? traced(`${target.intent.name}-${gateway.name}`, derived(origin, 'a service and the gateway it is exposed on'))
      : traced(words.name, originOf(target.intent, `${pointer}/name`));
  const base = {
    ...objectName(context, target, name),
    hosts,
    gateways: [gatewayReference(gateway, target.namespace, origin)],
    exportTo: [],
  };
  const layer = servers[0]?.layer ?? 'http';
  if (layer === 'http') return { ...base, http: exposedHttp(context, target, exposure, port, servers), tls: [], tcp: [] };
  const match = (server: GatewayServer): JsonObject =>
    layer === 'tls' ? { port: server.number, sniHosts: hosts.map((host) => host.value) } : { port: server.number };
  const routes = servers.map((server) => lowerL4(context, target, port, match(server), origin));
  return layer === 'tls' ? { ...base, http: [], tls: routes, tcp: [] } : { ...base, http: [], tls: [], tcp: routes };
}

function exposedHttp(
  context: ResolveContext,
  target: ServiceTarget,
  exposure: Exposure,
  port: Port,
  servers: readonly GatewayServer[],
): ResolvedVirtualService['http'] {
  const { words, pointer, gateway } = exposure;
  const list = words.routes === undefined ? undefined : { routes: words.routes, pointer: `${pointer}/routes` };
  const within = (words.match ?? []).map((match, i) => traced(match, originOf(target.intent, `${pointer}/match/${i}`)));
  const drafts = restrict(context, routesOf(context, target, 'gateway', list), within);
  const [server] = servers;
  // Only a named server among several needs to be told from the others.
  const several = gateway.servers.filter((candidate) => candidate.layer === 'http').length > 1;
  const matchPort =
    words.server === undefined || !several || server === undefined
      ? {}
      : { matchPort: traced(server.number, originOf(target.intent, `${pointer}/server`)) };
  return lowerHttp(context, target, drafts, { ...matchPort, ownPort: traced(port.number, port.origin) });
}

function portOf(context: ResolveContext, target: ServiceTarget, { words, pointer, origin, gateway }: Exposure): Port | undefined {
  const { ports } = target;
  if (words.port !== undefined) {
    const named = ports.find((port) => port.key === String(words.port) || port.number === words.port || port.words.name === words.port);
    if (named === undefined)
      context.report(exposedPort, {
        params: { name: target.intent.name, known: ports.map((port) => port.key) },
        at: originOf(target.intent, `${pointer}/port`).at,
      });
    return named;
  }
  const reachable = ports.length > 1 ? ports.filter((port) => gateway.servers.some((server) => reaches(server, port))) : ports;
  const [only] = reachable;
  if (only !== undefined && reachable.length === 1) return only;
  context.report(exposedPort, { params: { name: target.intent.name, known: ports.map((port) => port.key) }, at: origin.at });
  return undefined;
}

/** Whether a server's traffic can be led to a port: SNI routing needs TLS behind it; terminated TLS may continue as what it carries. */
function reaches(server: GatewayServer, port: Port): boolean {
  if (server.layer === 'tls') return port.layer !== 'http';
  return server.layer === 'tcp' ? port.layer !== 'http' : port.layer === 'http' || port.layer === 'tls';
}

function serversFor(
  context: ResolveContext,
  target: ServiceTarget,
  { words, pointer, gateway, origin }: Exposure,
  port: Port,
): readonly GatewayServer[] {
  const { server: wanted } = words;
  if (wanted !== undefined) {
    const named = gateway.servers.filter((server) => server.portName === String(wanted) || server.number === Number(wanted));
    if (named.length > 0) return named.slice(0, 1);
    const params = {
      server: String(wanted),
      gateway: gateway.name,
      known: gateway.servers.map((server) => `${server.portName} (${server.number})`),
    };
    context.report(knownServer, { params, at: originOf(target.intent, `${pointer}/server`).at });
    return [];
  }
  const candidates = gateway.servers.filter((server) => reaches(server, port));
  const layers = [...new Set(candidates.map((server) => server.layer))];
  // An http port behind both kinds is reached by http; anything else that fits two lists must be told apart.
  const chosen = port.layer === 'http' ? 'http' : layers.length === 1 ? layers[0] : undefined;
  const fitting = candidates.filter((server) => server.layer === chosen);
  if (fitting.length === 0) {
    const params = { gateway: gateway.name, protocol: port.protocol, servers: listWords(gateway.servers.map((server) => server.portName)) };
    context.report(serverForPort, { params, at: origin.at });
  }
  return fitting;
}

function exposedHosts(
  context: ResolveContext,
  target: ServiceTarget,
  { words, pointer, gateway, origin }: Exposure,
  servers: readonly GatewayServer[],
): readonly Traced<string>[] {
  const served = [...new Set(servers.flatMap((server) => server.hosts))];
  if (words.hosts === undefined) return served.map((host) => traced(host, derived(origin, 'the hosts of the gateway')));
  return words.hosts.map((host, i) => {
    const at = originOf(target.intent, `${pointer}/hosts/${i}`);
    if (!served.some((outer) => hostWithin(host, outer) || hostWithin(outer, host)))
      context.report(exposureHostServed, { params: { host, gateway: gateway.name, served }, at: at.at });
    return traced(host, at);
  });
}
