import { slugOfHost } from '../istio/host.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { derived, traced } from '../model/origin.ts';
import { joinPointer } from '../model/pointer.ts';
import type { HttpRoute, ObjectName, ResolvedVirtualService } from '../model/resolved.ts';
import { gatewayWords, type SharedHostWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { reportDroppedByDelegation } from './delegation.ts';
import { claimPinsApart, delegatesSupported, exposedPort, exposureHostServed } from './exposure-diagnostics.ts';
import { exposuresOf } from './exposures.ts';
import { type GatewayTarget, gatewayReference } from './gateway-target.ts';
import { lowerHttp } from './lower-route.ts';
import { objectName } from './object-name.ts';
import { knownDestination } from './reference-diagnostics.ts';
import { restrict } from './route-draft.ts';
import { readFields } from './route-fields.ts';
import { draftsReadClaims, routesOf } from './routes.ts';
import type { ServiceTarget } from './service.ts';

/** Hosts that several services share: for each a root VirtualService that delegates in the order written, and one delegate per service. */
export function sharedHosts(context: ResolveContext, intent: Intent): readonly ResolvedVirtualService[] {
  const hosts = Object.entries(gatewayWords(intent).hosts ?? {});
  if (hosts.length === 0) return [];
  const { istio } = context.environment;
  if (istio.minor < 8) context.report(delegatesSupported, { params: { mesh: istio.text }, at: originOf(intent, '/hosts', 'key').at });
  const delegates = new Map<string, ResolvedVirtualService>();
  const roots = hosts.map(([host, items]) => rootOf(context, intent, host, items, delegates));
  return [...roots, ...delegates.values()];
}

function rootOf(
  context: ResolveContext,
  intent: Intent,
  host: string,
  items: readonly SharedHostWords[],
  delegates: Map<string, ResolvedVirtualService>,
): ResolvedVirtualService {
  const gateway = context.gateway(intent);
  const namespace = context.index.namespaceOf(intent);
  const place = joinPointer('/hosts', host);
  const origin = originOf(intent, place, 'key');
  const { served } = gateway.through('http', namespace);
  if (gateway.servers.length > 0 && !served.meets(host))
    context.report(exposureHostServed, { params: { host, gateway: gateway.name, served: served.hosts }, at: origin.at });
  const http = items.flatMap((item, index): readonly HttpRoute[] => {
    const pointer = `${place}/${index}`;
    const delegate = delegateFor(context, intent, gateway, item, pointer, delegates);
    if (delegate === undefined) return [];
    const match = (item.match ?? []).map((one, i) => traced(one, originOf(intent, `${pointer}/match/${i}`)));
    reportDroppedByDelegation(context, delegate.target, match, delegate.routes.http);
    const fields = readFields(context, { ...delegate.target, intent }, item, pointer).fields;
    return [{ match, delegate: objectReference(delegate.routes), destinations: [], fields, origin: originOf(intent, pointer) }];
  });
  const name = traced(`${gateway.title}-${slugOfHost(host)}`, derived(origin, 'a host that several services share'));
  return {
    ...objectName(context, { intent }, name),
    hosts: [traced(host, origin)],
    gateways: [gatewayReference(gateway, namespace, origin)],
    exportTo: [],
    http,
    tls: [],
    tcp: [],
  };
}

function objectReference({ name, namespace }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { name, namespace };
}

interface Delegate {
  readonly routes: ResolvedVirtualService;
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
  const found = context.index.find('service', item.service, context.index.namespaceOf(intent));
  const origin = originOf(intent, `${pointer}/service`);
  if (found === undefined) {
    const hints = context.index.hints('service', item.service);
    context.report(knownDestination, { params: { kind: 'service', name: item.service }, at: origin.at, hints });
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
    const at = originOf(intent, item.port === undefined ? `${pointer}/service` : `${pointer}/port`).at;
    context.report(exposedPort, { params: { name: found.name, known: target.ports.map((one) => one.key) }, at });
    return undefined;
  }
  const base = exposure?.words.name ?? `${found.name}-${gateway.title}`;
  const title = item.port === undefined ? base : `${base}-${port.key.toLowerCase()}`;
  const name = objectName(context, target, traced(title, derived(origin, 'a delegate of the shared host')));
  const key = `${name.namespace?.value ?? ''}/${title}`;
  const known = delegates.get(key);
  if (known !== undefined) return { routes: known, target };
  const list = exposure?.words.routes === undefined ? undefined : { routes: exposure.words.routes, pointer: `${exposure.pointer}/routes` };
  const within = (exposure?.words.match ?? []).map((match, i) => traced(match, originOf(found, `${exposure?.pointer}/match/${i}`)));
  const drafts = restrict(context, routesOf(context, target, 'gateway', list), within);
  // A delegate has no gateways of its own, so Istio judges it as a route of the mesh (validation.go, appliesToGateway).
  if (draftsReadClaims(drafts)) context.report(claimPinsApart, { params: { name: found.name }, at: origin.at });
  const http = lowerHttp(context, target, drafts, { ownPort: traced(port.number, port.origin) }).flatMap(eachAlternative);
  const routes: ResolvedVirtualService = { ...name, hosts: [], gateways: [], exportTo: [], http, tls: [], tcp: [] };
  delegates.set(key, routes);
  return { routes, target };
}

/**
 * Istio drops a route of a delegate whole when one of its alternatives cannot hold beside the root's conditions
 * (pilot/pkg/model/virtualservice.go, mergeHTTPMatchRequests): as routes of their own the others stay.
 */
function eachAlternative(route: HttpRoute): readonly HttpRoute[] {
  return route.match.length < 2 ? [route] : route.match.map((match) => ({ ...route, match: [match] }));
}
