import { qualifiedGateway } from '../istio/host.ts';
import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import { httpRoutesInForce } from '../mesh/delegated-routes.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { SiteDestination, SiteRoute } from '../model/site.ts';

/** A route with what it is found by. */
export interface FoundRoute {
  readonly route: SiteRoute;
  /** The object that holds it, and where it says what is its own: for the words behind it. */
  readonly object: MeshObject;
  readonly pointer: Pointer;
  /** The object whose hosts and gateways lead to it: another where it is a delegate's. */
  readonly root: MeshObject;
}

/** Every route of a mesh as proxies get it, delegates in place, in the order in which they are tried. */
export function siteRoutes(mesh: Mesh, describe: (match: JsonObject) => string): readonly FoundRoute[] {
  return mesh.shown('VirtualService').flatMap((object) => routesIn(object, mesh, describe));
}

function routesIn(object: MeshObject, mesh: Mesh, describe: (match: JsonObject) => string): readonly FoundRoute[] {
  const hosts = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace));
  // A delegate by itself is reached by nobody.
  if (hosts.length === 0) return [];
  const found = (
    holder: MeshObject,
    pointer: Pointer,
    protocol: SiteRoute['protocol'],
    route: JsonObject,
    matches: readonly JsonObject[],
  ) => {
    const { name, match: _, route: __, delegate: ___, ...fields } = route;
    const told: SiteRoute = {
      object: titleOf(holder),
      protocol,
      ...(typeof name === 'string' ? { name } : {}),
      gateways: gatewaysOf(object, matches),
      hosts,
      matches: matches.some((match) => words(match) === '') ? [] : [...new Set(matches.map(words))],
      destinations: destinationsOf(route, holder, mesh),
      mirrors: mirrorsOf(route, holder, mesh),
      fields,
    };
    return { route: told, object: holder, pointer: decisive(route, pointer), root: object };
  };
  const words = (match: JsonObject): string => [describe(match), ...connectionWords(match)].filter((part) => part !== '').join(' and ');
  return [
    ...httpRoutesInForce(object, mesh).routes.map(({ object: holder, pointer, route, matches }) =>
      found(
        holder,
        pointer,
        'http',
        route,
        matches.map(({ match }) => match),
      ),
    ),
    ...routesOf(object.spec, ['tls', 'tcp']).map((part) =>
      found(
        object,
        part.pointer,
        part.list,
        part.route,
        matchesOf(part).map(({ match }) => match),
      ),
    ),
  ];
}

/** The place of a route whose words tell it from others: what it asks, or else how it shares. */
function decisive({ match, route }: JsonObject, pointer: Pointer): Pointer {
  if (listOr(match).length > 0) return `${pointer}/match/0`;
  const [first] = listOr(route).map(objectOr);
  if (first === undefined) return pointer;
  return first.weight === undefined ? `${pointer}/route/0/destination/subset` : `${pointer}/route/0/weight`;
}

/** What only connections are asked. */
function connectionWords({ sniHosts, destinationSubnets }: JsonObject): readonly string[] {
  return [
    ...(listOr(sniHosts).length === 0 ? [] : [`the server name is ${listOr(sniHosts).map(String).join(' or ')}`]),
    ...(listOr(destinationSubnets).length === 0 ? [] : [`the address is in ${listOr(destinationSubnets).map(String).join(' or ')}`]),
  ];
}

/** 'mesh' or 'namespace/name': those that matches name, where each names some, else those of the object. */
function gatewaysOf({ spec, namespace }: MeshObject, matches: readonly JsonObject[]): readonly string[] {
  const own = listOr(spec.gateways).length === 0 ? ['mesh'] : listOr(spec.gateways).map(String);
  const asked = matches.flatMap((match) => (listOr(match.gateways).length === 0 ? own : listOr(match.gateways).map(String)));
  return [...new Set((asked.length === 0 ? own : asked).map((name) => (name === 'mesh' ? name : qualifiedGateway(name, namespace))))];
}

function destinationOf(destination: Json | undefined, percent: number, holder: MeshObject, mesh: Mesh): SiteDestination {
  const { host, subset, port } = objectOr(destination);
  const { number } = objectOr(port);
  return {
    host: mesh.hosts.qualified(String(host), holder.namespace),
    ...(typeof subset === 'string' && subset !== '' ? { subset } : {}),
    ...(typeof number === 'number' ? { port: number } : {}),
    percent,
  };
}

function mirrorsOf({ mirror, mirrorPercentage, mirrors }: JsonObject, holder: MeshObject, mesh: Mesh): readonly SiteDestination[] {
  const copied = (destination: Json | undefined, percentage: Json | undefined): SiteDestination => {
    const { value } = objectOr(percentage);
    return destinationOf(destination, typeof value === 'number' ? value : 100, holder, mesh);
  };
  const one = isObject(mirror) ? [copied(mirror, mirrorPercentage)] : [];
  return [...one, ...listOr(mirrors).map((entry) => copied(objectOr(entry).destination, objectOr(entry).percentage))];
}

function destinationsOf(route: JsonObject, holder: MeshObject, mesh: Mesh): readonly SiteDestination[] {
  const entries = listOr(route.route).map(objectOr);
  const weights = entries.map(({ weight }) => (typeof weight === 'number' ? weight : undefined));
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return entries.map(({ destination }, i) => {
    const percent = entries.length === 1 ? 100 : sum === 0 ? 100 / entries.length : ((weights[i] ?? 0) * 100) / sum;
    return destinationOf(destination, percent, holder, mesh);
  });
}
