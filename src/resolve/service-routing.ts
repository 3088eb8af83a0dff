import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { HttpRoute, L4Route, ResolvedVirtualService } from '../model/resolved.ts';
import { routeFields } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { exposedVirtualServices } from './exposed-routes.ts';
import { exposuresOf, joinedGateways } from './exposures.ts';
import { hasRouteField } from './inheriting.ts';
import { lowerHttp, lowerL4, type Placement } from './lower-route.ts';
import { namedOr, objectName } from './object-name.ts';
import { portCarriesWord } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import { routesOf } from './routes.ts';
import type { ServiceTarget, Target } from './service.ts';

const routingWords = ['stable', 'split', 'canary', 'pins', 'routes'] as const;

/** A service's VirtualServices: the mesh's where something is said about routing, and one per exposure that stands on its own. */
export function serviceVirtualServices(context: ResolveContext, target: ServiceTarget): readonly ResolvedVirtualService[] {
  reportWordsNoPortCarries(context, target);
  const exposures = exposuresOf(context, target);
  const gateways = joinedGateways(context, target, exposures);
  const own = exposedVirtualServices(context, target, exposures);
  const mesh = saysRouting(target) || gateways.length > 0 ? meshVirtualService(context, target, gateways) : undefined;
  return mesh === undefined ? own : [mesh, ...own];
}

export function saysRouting(target: Target): boolean {
  return routingWords.some((word) => target.words[word] !== undefined) || hasRouteField(target);
}

function meshVirtualService(
  context: ResolveContext,
  target: ServiceTarget,
  joined: readonly Traced<string>[],
): ResolvedVirtualService | undefined {
  const { intent, ports } = target;
  const http = meshHttp(context, target);
  const l4 = saysShares(target) ? ports.filter((port) => port.layer !== 'http') : [];
  const tls = l4
    .filter((port) => port.layer === 'tls')
    .map((port) => meshL4(context, target, port, { port: port.number, sniHosts: [target.host.value] }));
  const tcp = l4.filter((port) => port.layer === 'tcp').map((port) => meshL4(context, target, port, { port: port.number }));
  if (http.length + tls.length + tcp.length === 0) return undefined;
  const mesh = traced('mesh', derived(originOf(intent, '/expose'), 'the mesh keeps these routes, too'));
  const exportTo = (target.words.exportTo ?? []).map((namespace, i) => traced(namespace, originOf(intent, `/exportTo/${i}`)));
  const name = objectName(context, target, namedOr(intent, target.words, 'VirtualService'));
  return { ...name, hosts: [target.host], gateways: joined.length === 0 ? [] : [...joined, mesh], exportTo, http, tls, tcp };
}

/** With several ports each route is written once per http port; with one, the listener's own port is the destination's. */
function meshHttp(context: ResolveContext, target: Target): readonly HttpRoute[] {
  const { ports } = target;
  const drafts = () => routesOf(context, target, 'mesh');
  if (ports.length === 0) return lowerHttp(context, target, drafts(), {});
  const [only] = ports;
  if (only !== undefined && ports.length === 1)
    return only.layer === 'http' ? lowerHttp(context, target, drafts(), singlePortPlacement(target, only)) : [];
  return ports
    .filter((port) => port.layer === 'http')
    .flatMap((port) => {
      const number = traced(port.number, port.origin);
      return lowerHttp(context, target, drafts(), { matchPort: number, ownPort: number });
    });
}

/** A hash policy of a port acts only on destinations that name the port (Istio: route.go, consistentHash lookup by destination port). */
function singlePortPlacement(target: Target, port: Port): Placement {
  const number = traced(port.number, port.origin);
  const policies = [port.words, ...Object.values(target.words.versions ?? {}).map((version) => version.ports?.[port.key])];
  return policies.some((policy) => hashes(policy?.loadBalancer)) ? { ownPort: number } : { listenerPort: number };
}

function hashes(loadBalancer: Json | undefined): boolean {
  return isObject(loadBalancer) && ('hash' in loadBalancer || 'consistentHash' in loadBalancer);
}

function meshL4(context: ResolveContext, target: Target, port: Port, match: JsonObject): L4Route {
  return lowerL4(context, target, port, match, port.origin);
}

function saysShares(target: Target): boolean {
  return target.words.stable !== undefined || target.words.split !== undefined;
}

/** Words that only http can carry, on an intent without an http port: a finding where the intent says them, skipped where defaults do. */
export function reportWordsNoPortCarries(context: ResolveContext, target: Target): void {
  const { ports, words, intent } = target;
  if (ports.length === 0 || ports.some((port) => port.layer === 'http')) return;
  const said = [...routeFields, 'pins', 'routes'].filter((word) => intent.value[word] !== undefined);
  for (const word of words.canary?.mirror === undefined ? said : [...said, 'canary.mirror']) {
    const origin = originOf(intent, `/${word.replace('.', '/')}`, 'key');
    if (origin.kind === 'environment') continue;
    const params = { word, protocol: ports[0]?.protocol ?? '', name: intent.name };
    const related = portRelated(ports[0]);
    context.report(portCarriesWord, { params, at: origin.at, related });
  }
}

function portRelated(port: Port | undefined) {
  return port?.protocolOrigin.at === undefined
    ? []
    : [{ message: `the protocol ${port.protocol} comes from here`, at: port.protocolOrigin.at }];
}
