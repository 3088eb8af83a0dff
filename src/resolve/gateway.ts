import { hostWithin } from '../istio/names.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { byDefault, derived, traced } from '../model/origin.ts';
import { joinPointer } from '../model/pointer.ts';
import type { HttpRoute, ObjectName, ResolvedGateway, ResolvedServer, ResolvedVirtualService } from '../model/resolved.ts';
import { gatewayWords, type SharedHostWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { delegatesSupported, exposedPort, exposureHostServed, gatewayHasServers } from './exposure-diagnostics.ts';
import { exposuresOf } from './exposures.ts';
import { slug } from './external.ts';
import { type GatewayTarget, gatewayReference, gatewayTarget } from './gateways.ts';
import { lowerHttp } from './lower-route.ts';
import { namedOr, objectName } from './object-name.ts';
import { knownDestination } from './reference-diagnostics.ts';
import { restrict } from './route-draft.ts';
import { readFields } from './route-fields.ts';
import { routesOf } from './routes.ts';
import type { ServiceTarget } from './service.ts';

/** The Gateway object; undefined for one that exists already (`external: true`). */
export function ownGateway(context: ResolveContext, intent: Intent): ResolvedGateway | undefined {
  const words = gatewayWords(intent);
  if (words.external === true) return undefined;
  const servers = listOr(words.servers as readonly JsonObject[] | undefined).filter(isObject);
  if (servers.length === 0) context.report(gatewayHasServers, { params: { name: intent.name }, at: originOf(intent, '/gateway').at });
  const selector =
    words.selector === undefined
      ? traced<JsonObject>({ istio: 'ingressgateway' }, byDefault("the labels of Istio's own ingress gateway"))
      : traced(words.selector, originOf(intent, '/selector'));
  return {
    ...objectName(context, { intent }, namedOr(intent, words, 'Gateway')),
    selector,
    servers: servers.map((server, i) => serverOf(intent, server, `/servers/${i}`)),
  };
}

function serverOf(intent: Intent, server: JsonObject, pointer: string): ResolvedServer {
  const optional = (word: 'tls' | 'name' | 'bind' | 'defaultEndpoint') =>
    server[word] === undefined ? {} : { [word]: traced(server[word], originOf(intent, `${pointer}/${word}`)) };
  return {
    port: traced(objectOr(server.port), originOf(intent, `${pointer}/port`)),
    hosts: listOr(server.hosts).map((host, i) => traced(String(host), originOf(intent, `${pointer}/hosts/${i}`))),
    ...optional('tls'),
    ...optional('name'),
    ...optional('bind'),
    ...optional('defaultEndpoint'),
  };
}

/** Hosts that several services share: for each a root VirtualService that delegates in the order written, and one delegate per service. */
export function sharedHosts(context: ResolveContext, intent: Intent): readonly ResolvedVirtualService[] {
  const hosts = Object.entries(gatewayWords(intent).hosts ?? {});
  if (hosts.length === 0) return [];
  const { istio } = context.environment;
  if (istio.minor < 8) context.report(delegatesSupported, { params: { mesh: istio.text }, at: originOf(intent, '/hosts', 'key').at });
  const gateway = gatewayTarget(context, intent);
  const delegates = new Map<string, ResolvedVirtualService>();
  const roots = hosts.map(([host, items]) => rootOf(context, intent, gateway, host, items, delegates));
  return [...roots, ...delegates.values()];
}

function rootOf(
  context: ResolveContext,
  intent: Intent,
  gateway: GatewayTarget,
  host: string,
  items: readonly SharedHostWords[],
  delegates: Map<string, ResolvedVirtualService>,
): ResolvedVirtualService {
  const place = joinPointer('/hosts', host);
  const origin = originOf(intent, place, 'key');
  const served = gateway.servers.flatMap((server) => server.hosts);
  if (served.length > 0 && !served.some((outer) => hostWithin(host, outer)))
    context.report(exposureHostServed, { params: { host, gateway: gateway.name, served }, at: origin.at });
  const http = items.flatMap((item, index): readonly HttpRoute[] => {
    const pointer = `${place}/${index}`;
    const delegate = delegateFor(context, intent, gateway, item, pointer, delegates);
    if (delegate === undefined) return [];
    const match = (item.match ?? []).map((one, i) => traced(one, originOf(intent, `${pointer}/match/${i}`)));
    const fields = readFields(context, { ...delegate.target, intent }, item, pointer).fields;
    return [{ match, delegate: delegate.name, destinations: [], fields, origin: originOf(intent, pointer) }];
  });
  const name = traced(`${gateway.name}-${slug(host)}`, derived(origin, 'a host that several services share'));
  return {
    ...objectName(context, { intent }, name),
    hosts: [traced(host, origin)],
    gateways: [gatewayReference(gateway, context.index.namespaceOf(intent), origin)],
    exportTo: [],
    http,
    tls: [],
    tcp: [],
  };
}

interface Delegate {
  readonly name: ObjectName;
  readonly target: ServiceTarget;
}

/** The delegate of one list item; a service that stands in several places of one gateway has one delegate per port. */
function delegateFor(
  context: ResolveContext,
  intent: Intent,
  gateway: GatewayTarget,
  item: SharedHostWords,
  pointer: string,
  delegates: Map<string, ResolvedVirtualService>,
): Delegate | undefined {
  const found = context.index.find('service', item.service, gateway.namespace ?? context.index.namespaceOf(intent));
  const origin = originOf(intent, `${pointer}/service`);
  if (found === undefined) {
    const known = context.index.names('service');
    context.report(knownDestination, {
      params: { kind: 'service', name: item.service },
      at: origin.at,
      hints: didYouMean(item.service, known),
    });
    return undefined;
  }
  const target = context.service(found);
  const exposure = exposuresOf(context, target).find((candidate) => candidate.shared && candidate.gateway.intent === intent);
  const wanted = item.port ?? exposure?.words.port;
  const candidates = target.ports.filter((port) =>
    wanted === undefined ? port.layer === 'http' : port.key === String(wanted) || port.number === wanted,
  );
  const [port] = candidates;
  if (port === undefined || candidates.length > 1) {
    context.report(exposedPort, {
      params: { name: found.name, known: target.ports.map((one) => one.key) },
      at: originOf(intent, item.port === undefined ? `${pointer}/service` : `${pointer}/port`).at,
    });
    return undefined;
  }
  const base = exposure?.words.name ?? `${found.name}-${gateway.name}`;
  const title = item.port === undefined ? base : `${base}-${port.key}`;
  const name = objectName(context, target, traced(title, derived(origin, 'a delegate of the shared host')));
  const key = `${name.namespace?.value ?? ''}/${title}`;
  if (!delegates.has(key)) {
    const list =
      exposure?.words.routes === undefined ? undefined : { routes: exposure.words.routes, pointer: `${exposure.pointer}/routes` };
    const within = (exposure?.words.match ?? []).map((match, i) => traced(match, originOf(found, `${exposure?.pointer}/match/${i}`)));
    const drafts = restrict(context, routesOf(context, target, 'gateway', list), within);
    const http = lowerHttp(context, target, drafts, { ownPort: traced(port.number, port.origin) });
    delegates.set(key, { ...name, hosts: [], gateways: [], exportTo: [], http, tls: [], tcp: [] });
  }
  return { name, target };
}
