import { qualifiedGateway } from '../istio/host.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import { gatewayName, labelsOf, type MeshProxy, namespaceOf } from './mesh-proxy.ts';

/** Conditions that are decided when a proxy's routes are made, not when a request comes. */
export const staticConditions: ReadonlySet<string> = new Set(['port', 'gateways', 'sourceLabels', 'sourceNamespace', 'name', 'statPrefix']);

/** Why a match makes no route for a proxy on a port; undefined where it does. */
export type StaticRefusal = string | undefined;

/**
 * An HTTP match with `gateways` is judged by these alone: Istio then looks at neither source labels nor source namespace
 * (route.go sourceMatchHTTP).
 */
export function httpRefusal(match: JsonObject, home: string, proxy: MeshProxy, port: number): StaticRefusal {
  const gateways = listOr(match.gateways).map(String);
  const source = gateways.length > 0 ? gatewayRefusal(gateways, home, proxy) : sourceRefusal(match, proxy);
  return source ?? portRefusal(match, port);
}

/** Sidecars ask for all of them (core/tls.go matchTLS, matchTCP), gateways for gateways and port alone (gateway.go l4SingleMatch). */
export function connectionRefusal(match: JsonObject, home: string, proxy: MeshProxy, port: number): StaticRefusal {
  const gateways = listOr(match.gateways).map(String);
  const named = gateways.length > 0 ? gatewayRefusal(gateways, home, proxy) : undefined;
  return named ?? (proxy.kind === 'gateway' ? undefined : sourceRefusal(match, proxy)) ?? portRefusal(match, port);
}

function gatewayRefusal(gateways: readonly string[], home: string, proxy: MeshProxy): StaticRefusal {
  const here = gatewayName(proxy);
  const named = gateways.map((name) => (name === 'mesh' ? name : qualifiedGateway(name, home)));
  return named.includes(here) ? undefined : `it is for ${named.join(', ')}, not for ${here}`;
}

function sourceRefusal({ sourceLabels, sourceNamespace }: JsonObject, proxy: MeshProxy): StaticRefusal {
  const labels = labelsOf(proxy);
  const missing = Object.entries(objectOr(sourceLabels)).find(([key, value]) => labels[key] !== value);
  if (missing !== undefined) return `the caller lacks the label ${missing[0]}=${String(missing[1])}`;
  const own = namespaceOf(proxy);
  if (typeof sourceNamespace === 'string' && sourceNamespace !== '' && sourceNamespace !== own)
    return `it is for callers in ${sourceNamespace}, not in ${own}`;
  return undefined;
}

function portRefusal({ port }: JsonObject, here: number): StaticRefusal {
  return typeof port === 'number' && port !== 0 && port !== here ? `it is for port ${port}, not ${here}` : undefined;
}
