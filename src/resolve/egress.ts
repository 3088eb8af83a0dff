import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { Destination, HttpRoute, L4Route, ResolvedGateway, ResolvedServer, RouteFields } from '../model/resolved.ts';
import { type RouteField, routeFields } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { viaWords } from './external.ts';
import { namedOr, objectName } from './object-name.ts';
import { egressPortForOnePort } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import type { ExternalTarget } from './service.ts';

export interface RouteLists {
  readonly http: readonly HttpRoute[];
  readonly tls: readonly L4Route[];
  readonly tcp: readonly L4Route[];
}

/** The Gateway of an external's `via`, on the egress proxies. */
export function egressName(target: ExternalTarget): Traced<string> {
  const { intent, words } = target;
  return namedOr(intent, words, 'Gateway', `${intent.name}-egress`);
}

/** Each direct route twice: from the mesh to the egress gateway, and from there outside. No DestinationRule on the hop between. */
export function viaRoutes(context: ResolveContext, target: ExternalTarget, direct: RouteLists): RouteLists {
  const via = viaWords(target.words.via);
  if (via === undefined) return direct;
  const origin = originOf(target.intent, '/via');
  if (via.port !== undefined && target.ports.length > 1)
    context.report(egressPortForOnePort, {
      params: { port: via.port, name: target.intent.name },
      at: originOf(target.intent, '/via/port').at,
    });
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
  // What the intent says of a request (timeout, retries, faults) holds once: where the caller's proxy sends it off. What changes a
  // request or copies it waits until it leaves, or the gateway would match what the first route made of it, and copies would go past it.
  const inside = direct.http.map(
    (route): HttpRoute => ({
      ...route,
      match: from(route.match, 'mesh', portOf(route.match, 'http')),
      fields: route.destinations.length === 0 ? route.fields : fieldsOf(route, (field) => !leavingFields.has(field)),
      ...(route.destinations.length === 0 ? {} : { destinations: hop(portOf(route.match, 'http')) }),
    }),
  );
  const outside = direct.http
    .filter((route) => route.destinations.length > 0)
    .map((route): HttpRoute => {
      const port = portOf(route.match, 'http');
      const destinations = route.destinations.map((destination) => ({ ...destination, port: destination.port ?? traced(port, origin) }));
      return {
        ...route,
        match: from(route.match, egress, via.port ?? port),
        fields: fieldsOf(route, (field) => leavingFields.has(field)),
        destinations,
      };
    });
  return { http: [...inside, ...outside], tls: l4(direct.tls, 'tls'), tcp: l4(direct.tcp, 'tcp') };
}

const leavingFields: ReadonlySet<RouteField> = new Set<RouteField>(['rewrite', 'mirror', 'mirrorPercentage', 'mirrors']);

function fieldsOf({ fields }: HttpRoute, accept: (field: RouteField) => boolean): RouteFields {
  return Object.fromEntries(
    routeFields.filter((field) => accept(field) && fields[field] !== undefined).map((field) => [field, fields[field]]),
  );
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
