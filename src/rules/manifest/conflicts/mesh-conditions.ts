import { matchesOf, type RouteList, routesOf } from '../../../istio/virtual-service-parts.ts';
import { type JsonObject, listOr, objectOr } from '../../../model/json.ts';

/** What decides, before any request is seen, whether a sidecar gets a route: on which port, for which caller; for connections also to where. */
export interface MeshCondition {
  readonly port?: number;
  readonly sourceNamespace?: string;
  readonly sourceLabels: JsonObject;
  /** Empty = any. */
  readonly sniHosts: readonly string[];
  readonly subnets: readonly string[];
}

const always: MeshCondition = { sourceLabels: {}, sniHosts: [], subnets: [] };

/** One for each match of the list's routes that can hold in a sidecar; none = the VirtualService says nothing there. */
export function meshConditions(spec: JsonObject, list: RouteList): readonly MeshCondition[] {
  return routesOf(spec, [list]).flatMap((part) => {
    const matches = matchesOf(part);
    return matches.length === 0 ? [always] : matches.flatMap(({ match }) => conditionOf(match, list));
  });
}

function conditionOf(match: JsonObject, list: RouteList): readonly MeshCondition[] {
  const gateways = listOr(match.gateways);
  if (gateways.length > 0 && !gateways.includes('mesh')) return [];
  // An http match that names gateways is not asked for its callers (Istio: route.go sourceMatchHTTP).
  const anyCaller = list === 'http' && gateways.length > 0;
  return [
    {
      ...(typeof match.port === 'number' ? { port: match.port } : {}),
      ...(typeof match.sourceNamespace === 'string' && match.sourceNamespace !== '' && !anyCaller
        ? { sourceNamespace: match.sourceNamespace }
        : {}),
      sourceLabels: anyCaller ? {} : objectOr(match.sourceLabels),
      sniHosts: listOr(match.sniHosts).map((host) => String(host).toLowerCase()),
      subnets: listOr(match.destinationSubnets).map(String),
    },
  ];
}

/** Whether some sidecar would get both. */
export function holdTogether(a: MeshCondition, b: MeshCondition): boolean {
  return (
    agree(a.port, b.port) &&
    agree(a.sourceNamespace, b.sourceNamespace) &&
    Object.entries(a.sourceLabels).every(([key, value]) => agree(value, b.sourceLabels[key])) &&
    meet(a.sniHosts, b.sniHosts) &&
    meet(a.subnets, b.subnets)
  );
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((one) => b.includes(one));
}
