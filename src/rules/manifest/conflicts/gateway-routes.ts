import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten, type MeshObject } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../../../model/json.ts';
import { type GatewayBinding, gatewayBindings, holdsOn } from './gateway-bindings.ts';
import { sameObject } from './same-object.ts';

/** One condition on which a VirtualService takes requests of a virtual host. */
export interface GatewayRoute {
  readonly object: MeshObject;
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
  readonly gateway: string;
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

/** The virtual hosts on which more than one VirtualService has routes, of which someone wrote at least one by hand. */
function findShared(mesh: Mesh): readonly VirtualHost[] {
  const hosts = new Map<string, { name: string; bindings: GatewayBinding[] }>();
  for (const binding of gatewayBindings(mesh)) {
    const { gateway, server, names } = binding;
    if (server !== undefined && !endsHttp(binding)) continue;
    // Plain servers of one port share their virtual hosts; a server with TLS has its own.
    const place = server === undefined ? '' : server.speaks === 'http' ? `${server.port} ${server.bind}` : server.pointer;
    for (const name of names) {
      const key = `${gateway} ${place} ${name}`;
      const host = hosts.get(key) ?? { name, bindings: [] };
      hosts.set(key, host);
      if (host.bindings.at(-1)?.object !== binding.object) host.bindings.push(binding);
    }
  }
  const shared = [...hosts.values()].filter(({ bindings }) => bindings.length > 1);
  return shared.flatMap(({ name, bindings }): readonly VirtualHost[] => {
    const [first] = bindings;
    if (first === undefined || !bindings.some(({ object }) => isHandWritten(object.manifest))) return [];
    return [{ gateway: first.gateway, name, routes: bindings.flatMap(routesThere) }];
  });
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
  const { object } = binding;
  for (const part of routesOf(object.spec, ['http'])) {
    const matches = matchesOf(part);
    for (const { match, pointer } of matches.length === 0 ? [{ match: {}, pointer: part.pointer }] : matches) {
      const asked = askedOfRequests(match, binding);
      if (asked === undefined || part.route.delegate !== undefined) continue;
      const takesAll = takesEverything(asked);
      found.push({ object, pointer, match: asked, takesAll, route: part.route });
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
