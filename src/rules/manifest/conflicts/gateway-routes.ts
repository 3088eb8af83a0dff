import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten, type MeshObject } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../../../model/json.ts';
import { type GatewayBinding, gatewayBindings, holdsOn } from './gateway-bindings.ts';
import { podsServedBy } from './pods-served.ts';
import { sameObject } from './same-object.ts';

/** One condition on which a VirtualService takes requests of a virtual host. */
export interface GatewayRoute {
  readonly object: MeshObject;
  /** 'namespace/name' of the Gateway that it is bound to. */
  readonly gateway: string;
  /** '/http/0/match/1', or '/http/0' where the route has no match. */
  readonly pointer: string;
  /** What it asks of a request; what is decided before any request comes is left out. */
  readonly match: JsonObject;
  /** Whether it takes everything, so that Istio puts it behind all others. */
  readonly takesAll: boolean;
  /** The route itself. */
  readonly route: JsonObject;
}

/** A name of a gateway's server, and all that is bound there, in the order of the objects. */
export interface VirtualHost {
  readonly name: string;
  readonly routes: readonly GatewayRoute[];
}

const remembered = new WeakMap<Mesh, readonly VirtualHost[]>();

/** The same for every rule that asks. */
export function sharedVirtualHosts(mesh: Mesh): readonly VirtualHost[] {
  const known = remembered.get(mesh) ?? findShared(mesh);
  remembered.set(mesh, known);
  return known;
}

/**
 * The virtual hosts on which more than one VirtualService has routes, of which someone wrote at least one by hand. Plain servers of one port
 * share theirs, those of several Gateways for the same pods, too (Istio: gateway.go buildGatewayHTTPRouteConfig); a server with TLS has its own.
 */
function findShared(mesh: Mesh): readonly VirtualHost[] {
  const hosts = new Map<string, { name: string; bindings: GatewayBinding[] }>();
  const podsOf = podsServedBy(mesh);
  for (const binding of gatewayBindings(mesh)) {
    const { gateway, server, names } = binding;
    if (server !== undefined && !endsHttp(binding)) continue;
    const plain = server?.speaks === 'http' ? podsOf(server).map((pods) => `${pods} ${server.port} ${server.bind}`) : undefined;
    for (const place of plain ?? [`${gateway} ${server?.pointer ?? ''}`]) {
      for (const name of names) {
        const key = `${place} ${name}`;
        const host = hosts.get(key) ?? { name, bindings: [] };
        hosts.set(key, host);
        const last = host.bindings.at(-1);
        if (last?.object !== binding.object || last.gateway !== gateway) host.bindings.push(binding);
      }
    }
  }
  return [...hosts.values()].flatMap(({ name, bindings }): readonly VirtualHost[] => {
    const [first] = bindings;
    if (bindings.every(({ object }) => object === first?.object)) return [];
    return bindings.some(({ object }) => isHandWritten(object.manifest)) ? [{ name, routes: bindings.flatMap(routesThere) }] : [];
  });
}

/** 'the gateway a/b'; where each is bound to its own, both, which have pods in common. */
export function gatewayWords({ gateway }: GatewayRoute, other: GatewayRoute): string {
  return gateway === other.gateway ? `the gateway ${gateway}` : `the gateways ${other.gateway} and ${gateway}, which Istio joins`;
}

/** Whether their order decides what is answered: two objects, not both of intents, that do not do the same. */
export function apartByAgeAlone(a: GatewayRoute, b: GatewayRoute): boolean {
  if (sameObject(a.object, b.object) || !(isHandWritten(a.object.manifest) || isHandWritten(b.object.manifest))) return false;
  return a.object.namespace !== b.object.namespace || !sameJson(action(a.route), action(b.route));
}

function action({ match: _match, name: _name, ...does }: JsonObject): Json {
  return does;
}

function endsHttp({ server }: GatewayBinding): boolean {
  const { mode } = server?.tls ?? {};
  return server?.speaks === 'http' || (server?.protocol === 'HTTPS' && mode !== 'PASSTHROUGH' && mode !== 'AUTO_PASSTHROUGH');
}

/** Up to the first route that takes everything: Istio makes none behind it (route.go BuildHTTPRoutesForVirtualService). */
function routesThere(binding: GatewayBinding): readonly GatewayRoute[] {
  const found: GatewayRoute[] = [];
  const { object, gateway } = binding;
  for (const part of routesOf(object.spec, ['http'])) {
    const matches = matchesOf(part);
    for (const { match, pointer } of matches.length === 0 ? [{ match: {}, pointer: part.pointer }] : matches) {
      const asked = askedOfRequests(match, binding);
      if (asked === undefined || part.route.delegate !== undefined) continue;
      const takesAll = takesEverything(asked);
      found.push({ object, gateway, pointer, match: asked, takesAll, route: part.route });
      if (takesAll) return found;
    }
  }
  return found;
}

/** What a match asks of each request; undefined where it never holds there, or depends on the gateway's pods. */
function askedOfRequests(match: JsonObject, { object, gateway, server }: GatewayBinding): JsonObject | undefined {
  const { gateways, port, sourceLabels, sourceNamespace, name: _name, statPrefix: _prefix, ...asked } = match;
  if (!holdsOn(gateways, gateway, object.namespace)) return undefined;
  const anyCaller = listOr(gateways).length > 0;
  if (!anyCaller && (sourceNamespace !== undefined || Object.keys(objectOr(sourceLabels)).length > 0)) return undefined;
  if (port === undefined || port === 0) return asked;
  if (server === undefined) return { ...asked, port };
  return port === server.port ? asked : undefined;
}

/** Istio: route.go IsCatchAllRoute. */
function takesEverything({ uri, ignoreUriCase: _case, ...others }: JsonObject): boolean {
  const { prefix, regex } = objectOr(uri);
  if (uri !== undefined && prefix !== '/' && regex !== '.*') return false;
  return Object.values(others).every((condition) => isObject(condition) && Object.keys(condition).length === 0);
}
