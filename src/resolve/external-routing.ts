import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { derived, traced } from '../model/origin.ts';
import type { HttpRoute, ResolvedVirtualService } from '../model/resolved.ts';
import type { ResolveContext } from './context.ts';
import { egressName, type RouteLists, viaRoutes } from './egress.ts';
import { isWildcard, rewrittenPort } from './external.ts';
import { lowerHttp, lowerL4 } from './lower-route.ts';
import { namedOr, objectName } from './object-name.ts';
import { routedHostIsExact, tcpHostsApart } from './port-diagnostics.ts';
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
  if (words.via === undefined) {
    const direct = directRoutes(context, target, words.virtualService === true);
    // Words that come from defaults and that no port here carries leave nothing to route.
    return direct.http.length + direct.tls.length + direct.tcp.length === 0 ? undefined : { ...base, gateways: [], ...direct };
  }
  const origin = originOf(intent, '/via');
  const gateways = [traced('mesh', derived(origin, 'callers in the mesh')), egressName(target)];
  return { ...base, gateways, ...viaRoutes(context, target, directRoutes(context, target, true)) };
}

function directRoutes(context: ResolveContext, target: ExternalTarget, spelledOut: boolean): RouteLists {
  const hosts = target.hosts.map((host): ExternalTarget => ({ ...target, host }));
  const l4 = spelledOut || target.words.stable !== undefined || target.words.split !== undefined;
  const rewrites = target.words.originateTls?.form === 'rewrite';
  const ofLayer = (layer: Port['layer']) => target.ports.filter((port) => port.layer === layer);
  if (l4 && target.hosts.length > 1 && ofLayer('tcp').length > 0)
    context.report(tcpHostsApart, { params: { hosts: target.hosts.map((host) => host.value) }, at: target.hosts[1]?.origin.at });
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
