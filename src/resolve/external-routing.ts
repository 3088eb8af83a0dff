import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { Destination, HttpRoute, L4Route, ResolvedGateway, ResolvedServer, ResolvedVirtualService } from '../model/resolved.ts';
import type { ResolveContext } from './context.ts';
import { isWildcard, rewrittenPort, viaWords } from './external.ts';
import { lowerHttp, lowerL4 } from './lower-route.ts';
import { namedOr, objectName } from './object-name.ts';
import { routedHostIsExact } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import { restrict } from './route-draft.ts';
import { routesOf } from './routes.ts';
import type { ExternalTarget } from './service.ts';
import { reportWordsNoPortCarries, saysRouting } from './service-routing.ts';

/** An external's VirtualService: where a word about routing is said, where `virtualService: true` writes it out, and for `via` and `rewrite`. */
export function externalVirtualService(context: ResolveContext, target: ExternalTarget): ResolvedVirtualService | undefined {
  const { intent, words } = target;
  reportWordsNoPortCarries(context, target);
  const rewrites = words.originateTls?.form === 'rewrite';
  if (!saysRouting(target) && words.virtualService !== true && !rewrites && words.via === undefined) return undefined;
  for (const host of target.hosts.filter(isWildcard)) {
    if (target.ports.some((port) => port.layer === 'http') || words.via !== undefined)
      context.report(routedHostIsExact, { params: { host: host.value }, at: host.origin.at });
  }
  const exportTo = (words.exportTo ?? []).map((namespace, i) => traced(namespace, originOf(intent, `/exportTo/${i}`)));
  const base = { ...objectName(context, target, namedOr(intent, words, 'VirtualService')), hosts: target.hosts, exportTo };
  const direct = directRoutes(context, target, words.virtualService === true);
  if (words.via === undefined) return { ...base, gateways: [], ...direct };
  const origin = originOf(intent, '/via');
  const gateways = [traced('mesh', derived(origin, 'callers in the mesh')), egressName(target)];
  return { ...base, gateways, ...viaRoutes(context, target, directRoutes(context, target, true)) };
}

interface RouteLists {
  readonly http: readonly HttpRoute[];
  readonly tls: readonly L4Route[];
  readonly tcp: readonly L4Route[];
}

function directRoutes(context: ResolveContext, target: ExternalTarget, spelledOut: boolean): RouteLists {
  const hosts = target.hosts.map((host): ExternalTarget => ({ ...target, host }));
  const l4 = spelledOut || target.words.stable !== undefined || target.words.split !== undefined;
  const rewrites = target.words.originateTls?.form === 'rewrite';
  const ofLayer = (layer: Port['layer']) => target.ports.filter((port) => port.layer === layer);
  return {
    http: hosts.flatMap((one) => ofLayer('http').flatMap((port) => httpRoutes(context, one, port))),
    tls:
      l4 && !rewrites
        ? hosts.flatMap((one) =>
            ofLayer('tls').map((port) => lowerL4(context, one, port, { port: port.number, sniHosts: [one.host.value] }, port.origin)),
          )
        : [],
    tcp: l4 ? ofLayer('tcp').map((port) => lowerL4(context, target, port, { port: port.number }, port.origin)) : [],
  };
}

function httpRoutes(context: ResolveContext, target: ExternalTarget, port: Port): readonly HttpRoute[] {
  const drafts = routesOf(context, target, 'mesh');
  // Several hosts share one VirtualService; only the authority tells their requests apart. It may carry the port.
  const within =
    target.hosts.length > 1
      ? [
          traced<JsonObject>(
            { authority: { regex: `${target.host.value.replaceAll('.', '\\.')}(:[0-9]+)?` } },
            derived(target.host.origin, 'a route for each host'),
          ),
        ]
      : [];
  const number = traced(port.number, port.origin);
  const placement = target.ports.length > 1 ? { matchPort: number, ownPort: number } : {};
  return rewrittenPort(target, lowerHttp(context, target, restrict(context, drafts, within), placement));
}

function egressName(target: ExternalTarget): Traced<string> {
  const { intent, words } = target;
  return namedOr(intent, words, 'Gateway', `${intent.name}-egress`);
}

/** Each direct route twice: from the mesh to the egress gateway, and from there outside. No DestinationRule on the hop between. */
function viaRoutes(context: ResolveContext, target: ExternalTarget, direct: RouteLists): RouteLists {
  const via = viaWords(target.words.via);
  if (via === undefined) return direct;
  const origin = originOf(target.intent, '/via');
  const host = traced(`${via.service}.${via.namespace}.svc.${context.environment.clusterDomain}`, origin);
  const hop = (port: number): readonly Destination[] => [{ host, port: traced(via.port ?? port, origin) }];
  const from = (match: readonly Traced<JsonObject>[], gateway: string, port: number) =>
    (match.length === 0 ? [traced<JsonObject>({}, origin)] : match).map(({ value, origin: at }) =>
      traced<JsonObject>({ ...value, gateways: [gateway], port }, at),
    );
  const egress = egressName(target).value;
  const portOf = (match: readonly Traced<JsonObject>[], layer: Port['layer']) =>
    Number(match[0]?.value.port ?? target.ports.find((port) => port.layer === layer)?.number);
  const l4 = (routes: readonly L4Route[], layer: Port['layer']): readonly L4Route[] => [
    ...routes.map((route) => ({
      ...route,
      match: from(route.match, 'mesh', portOf(route.match, layer)),
      destinations: hop(portOf(route.match, layer)),
    })),
    ...routes.map((route) => ({ ...route, match: from(route.match, egress, via.port ?? portOf(route.match, layer)) })),
  ];
  // What the intent says of a request (timeout, retries, faults) holds once: where the caller's proxy sends it off.
  const inside = direct.http.map(
    (route): HttpRoute => ({
      ...route,
      match: from(route.match, 'mesh', portOf(route.match, 'http')),
      ...(route.destinations.length === 0 ? {} : { destinations: hop(portOf(route.match, 'http')) }),
    }),
  );
  const outside = direct.http
    .filter((route) => route.destinations.length > 0)
    .map((route): HttpRoute => {
      const port = portOf(route.match, 'http');
      const destinations = route.destinations.map((destination) => ({ ...destination, port: destination.port ?? traced(port, origin) }));
      return { ...route, match: from(route.match, egress, via.port ?? port), fields: {}, destinations };
    });
  return { http: [...inside, ...outside], tls: l4(direct.tls, 'tls'), tcp: l4(direct.tcp, 'tcp') };
}

/** The Gateway on the egress proxies that `via` names: plain for http and tcp, TLS passed through by SNI. */
export function egressGateway(context: ResolveContext, target: ExternalTarget): ResolvedGateway | undefined {
  const via = viaWords(target.words.via);
  if (via === undefined) return undefined;
  const origin = originOf(target.intent, '/via');
  const selector = traced(via.selector, derived(origin, 'the labels of the egress proxies'));
  return {
    ...objectName(context, target, egressName(target)),
    selector,
    servers: target.ports.map((port) => egressServer(target, port, via.port)),
  };
}

function egressServer(target: ExternalTarget, port: Port, proxyPort: number | undefined): ResolvedServer {
  const protocol = port.layer === 'tls' ? 'TLS' : port.protocol;
  const spec = traced<JsonObject>(
    { number: proxyPort ?? port.number, name: `${protocol.toLowerCase()}-${port.number}`, protocol },
    port.origin,
  );
  const hosts = port.layer === 'tcp' ? [traced('*', derived(port.origin, 'TCP carries no host name'))] : target.hosts;
  return { port: spec, hosts, ...(port.layer === 'tls' ? { tls: traced({ mode: 'PASSTHROUGH' }, port.origin) } : {}) };
}
