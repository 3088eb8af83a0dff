import { hostWithin } from '../istio/host.ts';
import { servedHosts } from '../istio/served-hosts.ts';
import { originOf } from '../model/intent.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { L4Route, ResolvedVirtualService } from '../model/resolved.ts';
import type { ResolveContext } from './context.ts';
import { exposedPort, exposureHasOwnName, exposureHostServed, exposureHostsApart } from './exposure-diagnostics.ts';
import type { Exposure } from './exposures.ts';
import { type GatewayServer, gatewayReference, hostsFor, type ServerGroup } from './gateway-target.ts';
import { lowerHttp, lowerL4 } from './lower-route.ts';
import { objectName } from './object-name.ts';
import { portCarriesWord } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import { restrict } from './route-draft.ts';
import { routesOf } from './routes.ts';
import { reaches, serversFor } from './servers-for.ts';
import type { ServiceTarget } from './service.ts';

/** The VirtualServices of the exposures that stand on their own; two of one name are a finding. */
export function exposedVirtualServices(
  context: ResolveContext,
  target: ServiceTarget,
  exposures: readonly Exposure[],
): readonly ResolvedVirtualService[] {
  const named = new Map<string, ResolvedVirtualService>();
  for (const exposure of exposures.filter(({ joined, shared }) => !joined && !shared)) {
    const routes = exposedVirtualService(context, target, exposure);
    if (routes === undefined) continue;
    const name = routes.name.value;
    if (named.has(name)) context.report(exposureHasOwnName, { params: { name }, at: exposure.origin.at });
    named.set(name, routes);
  }
  return [...named.values()];
}

function exposedVirtualService(context: ResolveContext, target: ServiceTarget, exposure: Exposure): ResolvedVirtualService | undefined {
  const { words, pointer, gateway, origin } = exposure;
  const port = portOf(context, target, exposure);
  const group = port === undefined ? undefined : serversFor(context, target, exposure, port);
  if (port === undefined || group === undefined) return undefined;
  const hosts = exposedHosts(context, target, exposure, group);
  const name =
    words.name === undefined
      ? traced(`${target.intent.name}-${gateway.title}`, derived(origin, 'a service and the gateway it is exposed on'))
      : traced(words.name, originOf(target.intent, `${pointer}/name`));
  const named = objectName(context, target, name);
  const gateways = [gatewayReference(gateway, target.namespace, origin)];
  const base = { ...named, hosts, gateways, exportTo: [], http: [], tls: [], tcp: [] };
  const layer = group.servers[0]?.layer ?? 'http';
  if (layer === 'http') return { ...base, http: exposedHttp(context, target, exposure, port, group) };
  reportHttpWords(context, target, exposure, port);
  return { ...base, [layer]: exposedL4(context, target, exposure, port, group, hosts) };
}

function exposedHttp(
  context: ResolveContext,
  target: ServiceTarget,
  exposure: Exposure,
  port: Port,
  group: ServerGroup,
): ResolvedVirtualService['http'] {
  const { words, pointer, gateway } = exposure;
  const list = words.routes === undefined ? undefined : { routes: words.routes, pointer: `${pointer}/routes` };
  const within = (words.match ?? []).map((match, i) => traced(match, originOf(target.intent, `${pointer}/match/${i}`)));
  const drafts = restrict(context, routesOf(context, target, 'gateway', list), within);
  const [server] = group.servers;
  // Only a named server among several needs to be told from the others.
  const several = gateway.servers.some(({ layer, number }) => layer === 'http' && number !== server?.number);
  const matchPort =
    words.server === undefined || !several || server === undefined
      ? {}
      : { matchPort: traced(server.number, originOf(target.intent, `${pointer}/server`)) };
  return lowerHttp(context, target, drafts, { ...matchPort, ownPort: traced(port.number, port.origin) });
}

/** One route for each server port, TLS for just the hosts that its servers serve. */
function exposedL4(
  context: ResolveContext,
  target: ServiceTarget,
  { gateway, origin }: Exposure,
  port: Port,
  { servers }: ServerGroup,
  hosts: readonly Traced<string>[],
): readonly L4Route[] {
  const byNumber = new Map<number, GatewayServer[]>();
  for (const server of servers) byNumber.set(server.number, [...(byNumber.get(server.number) ?? []), server]);
  return [...byNumber].flatMap(([number, listening]) => {
    if (listening[0]?.layer !== 'tls') return [lowerL4(context, target, port, { port: number }, origin)];
    const served = servedHosts(listening.flatMap((server) => hostsFor(server, target.namespace, gateway.namespace)));
    const sniHosts = hosts.map((host) => host.value).filter(served.meets);
    return sniHosts.length === 0 ? [] : [lowerL4(context, target, port, { port: number, sniHosts }, origin)];
  });
}

/** Conditions and routes are about single http requests. */
function reportHttpWords(context: ResolveContext, target: ServiceTarget, { words, pointer }: Exposure, port: Port): void {
  for (const word of ['match', 'routes'] as const) {
    const origin = originOf(target.intent, `${pointer}/${word}`, 'key');
    if (words[word] === undefined || origin.kind === 'environment') continue;
    context.report(portCarriesWord, {
      params: { word: `expose.${word}`, protocol: port.protocol, name: target.intent.name },
      at: origin.at,
    });
  }
}

function portOf(context: ResolveContext, target: ServiceTarget, { words, pointer, origin, gateway }: Exposure): Port | undefined {
  const { ports } = target;
  const params = { name: target.intent.name, known: ports.map((port) => port.key) };
  if (words.port !== undefined) {
    const named = ports.find((port) => port.key === String(words.port) || port.number === words.port || port.words.name === words.port);
    if (named === undefined) context.report(exposedPort, { params, at: originOf(target.intent, `${pointer}/port`).at });
    return named;
  }
  const layers = (['http', 'tls', 'tcp'] as const).filter((layer) => gateway.through(layer, target.namespace).servers.length > 0);
  const reachable = ports.length > 1 && layers.length > 0 ? ports.filter((port) => layers.some((layer) => reaches(layer, port))) : ports;
  const [only] = reachable;
  if (only !== undefined && reachable.length === 1) return only;
  context.report(exposedPort, { params, at: origin.at });
  return undefined;
}

function exposedHosts(
  context: ResolveContext,
  target: ServiceTarget,
  { words, pointer, gateway, origin }: Exposure,
  { served }: ServerGroup,
): readonly Traced<string>[] {
  if (words.hosts === undefined) return served.hosts.map((host) => traced(host, derived(origin, 'the hosts of the gateway')));
  const { hosts } = words;
  return hosts.map((host, i) => {
    const at = originOf(target.intent, `${pointer}/hosts/${i}`);
    if (gateway.servers.length > 0 && !served.meets(host))
      context.report(exposureHostServed, { params: { host, gateway: gateway.name, served: served.hosts }, at: at.at });
    const other = hosts.find((candidate) => candidate !== host && candidate.startsWith('*') && hostWithin(host, candidate));
    if (other !== undefined) context.report(exposureHostsApart, { params: { host, other }, at: at.at });
    return traced(host, at);
  });
}
