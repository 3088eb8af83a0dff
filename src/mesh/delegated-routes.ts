import { qualifiedGateway } from '../istio/host.ts';
import { matchesOf, type RoutePart, routesOf } from '../istio/virtual-service-parts.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import { questionsOf } from '../model/recorded-reads.ts';
import type { Mesh } from './mesh.ts';
import type { MeshObject } from './mesh-object.ts';
import { audienceOf, isSeenFrom } from './visibility.ts';

/** One http route as a proxy gets it: of the VirtualService itself, or of one that it delegates to, merged into it. */
export interface HttpRouteInForce {
  /** Whose words the route is, and where short names in it are resolved. */
  readonly object: MeshObject;
  readonly pointer: Pointer;
  readonly route: JsonObject;
  /** Alternatives with the place of each; none = everything. */
  readonly matches: readonly { readonly match: JsonObject; readonly pointer: Pointer }[];
  /** The root that delegates, where one does. */
  readonly root?: { readonly object: MeshObject; readonly pointer: Pointer };
}

/** A delegation that makes no route, and why. */
export interface LostDelegate {
  readonly pointer: Pointer;
  readonly reason: string;
}

/** The http routes of a VirtualService with its delegates in place (model/virtualservice.go mergeVirtualServicesIfNeeded, MergeHTTPRoutes). */
export function httpRoutesInForce(
  object: MeshObject,
  mesh: Mesh,
): { readonly routes: readonly HttpRouteInForce[]; readonly lost: readonly LostDelegate[] } {
  const lost: LostDelegate[] = [];
  const routes = routesOf(object.spec, ['http']).flatMap((part): readonly HttpRouteInForce[] => {
    if (!isObject(part.route.delegate)) return [{ object, pointer: part.pointer, route: part.route, matches: matchesOf(part) }];
    const { leaf, reason } = delegateOf(part.route.delegate, object, mesh);
    if (leaf !== undefined) return routesOf(leaf.spec, ['http']).flatMap((inner) => mergedRoute(object, part, leaf, inner) ?? []);
    lost.push({ pointer: `${part.pointer}/delegate`, reason });
    return [];
  });
  return { routes, lost };
}

/** A route of a delegate under one route that delegates to it. */
export interface DelegatedRoute {
  readonly leaf: MeshObject;
  readonly part: RoutePart;
  readonly root: MeshObject;
  readonly rootPart: RoutePart;
  /** The first match that asks for what no match of the root's route hands on: Istio drops the whole route then. */
  readonly refused?: Placed;
}

/** Every route that a VirtualService gets from delegates, those that Istio drops among them. */
export function delegatedRoutes(root: MeshObject, mesh: Mesh): readonly DelegatedRoute[] {
  return routesOf(root.spec, ['http']).flatMap((rootPart): readonly DelegatedRoute[] => {
    const { leaf } = isObject(rootPart.route.delegate) ? delegateOf(rootPart.route.delegate, root, mesh) : {};
    if (leaf === undefined) return [];
    return routesOf(leaf.spec, ['http']).map((part) => {
      const { refused } = mergedMatches(matchesOf(rootPart), root.namespace, matchesOf(part), leaf.namespace);
      return { leaf, part, root, rootPart, ...(refused === undefined ? {} : { refused }) };
    });
  });
}

type Delegate = { readonly leaf: MeshObject; readonly reason?: undefined } | { readonly leaf?: undefined; readonly reason: string };

function delegateOf({ name, namespace }: JsonObject, root: MeshObject, mesh: Mesh): Delegate {
  const id = `${String(namespace === undefined || namespace === '' ? root.namespace : namespace)}/${String(name)}`;
  const leaf = virtualServicesOf(mesh).get(id);
  if (leaf === undefined) return { reason: `there is no VirtualService ${id}` };
  const reason = delegateFault(leaf, root, mesh);
  return reason === undefined ? { leaf } : { reason };
}

const virtualServicesOf = questionsOf((mesh: Mesh): { readonly get: (id: string) => MeshObject | undefined } => {
  const byId = new Map<string, MeshObject>();
  for (const one of mesh.shown('VirtualService'))
    if (!byId.has(`${one.namespace}/${one.name}`)) byId.set(`${one.namespace}/${one.name}`, one);
  return { get: (id) => byId.get(id) };
});

function delegateFault(leaf: MeshObject, root: MeshObject, mesh: Mesh): string | undefined {
  if (listOr(leaf.spec.hosts).length > 0) return `${leaf.namespace}/${leaf.name} has hosts of its own, so it is no delegate`;
  const audience = audienceOf(listOr(leaf.spec.exportTo).map(String), leaf.namespace, mesh.environment.mesh.exportTo);
  return isSeenFrom(audience, root.namespace) ? undefined : `${leaf.namespace}/${leaf.name} is not exported to ${root.namespace}`;
}

/** Fields of the delegate win, the root's fill the gaps; a route whose conditions can't hold beside the root's is dropped. */
function mergedRoute(root: MeshObject, rootPart: RoutePart, leaf: MeshObject, inner: RoutePart): HttpRouteInForce | undefined {
  const { matches, refused } = mergedMatches(matchesOf(rootPart), root.namespace, matchesOf(inner), leaf.namespace);
  if (refused !== undefined) return undefined;
  const outer = rootPart.route;
  const names = [outer.name, inner.route.name].filter((name) => typeof name === 'string' && name !== '');
  const filled = handedDown.flatMap((field): readonly [string, Json][] =>
    inner.route[field] === undefined && outer[field] !== undefined ? [[field, outer[field]]] : [],
  );
  return {
    object: leaf,
    pointer: inner.pointer,
    route: { ...inner.route, ...Object.fromEntries(filled), ...(names.length > 0 ? { name: names.join('-') } : {}) },
    matches,
    root: { object: root, pointer: rootPart.pointer },
  };
}

/** Fields of the root's route that the delegate's lacks and takes over. */
const handedDown = [
  ...['rewrite', 'directResponse', 'timeout', 'retries', 'fault', 'mirror', 'mirrorPercent', 'mirrorPercentage'],
  ...['corsPolicy', 'mirrors', 'headers'],
] as const;

type Placed = HttpRouteInForce['matches'][number];

interface MergedMatches {
  readonly matches: readonly Placed[];
  readonly refused?: Placed;
}

/** A leaf's match that conflicts with every root match makes Istio drop the whole route. */
function mergedMatches(roots: readonly Placed[], rootHome: string, leaves: readonly Placed[], leafHome: string): MergedMatches {
  if (roots.length === 0) return { matches: leaves };
  if (leaves.length === 0) return { matches: roots.map(({ match, pointer }) => ({ match: qualifiedGateways(match, rootHome), pointer })) };
  const matches: Placed[] = [];
  for (const leaf of leaves) {
    const inner = qualifiedGateways(leaf.match, leafHome);
    const fitting = roots.map(({ match }) => qualifiedGateways(match, rootHome)).filter((outer) => !conflict(outer, inner));
    if (fitting.length === 0) return { matches: [], refused: leaf };
    matches.push(...fitting.map((outer) => ({ match: mergedMatch(outer, inner), pointer: leaf.pointer })));
  }
  return { matches };
}

function qualifiedGateways(match: JsonObject, home: string): JsonObject {
  if (listOr(match.gateways).length === 0) return match;
  return { ...match, gateways: listOr(match.gateways).map((name) => (name === 'mesh' ? 'mesh' : qualifiedGateway(String(name), home))) };
}

const conditionMaps = ['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'] as const;

function mergedMatch(outer: JsonObject, inner: JsonObject): JsonObject {
  const maps = conditionMaps.flatMap((key): readonly [string, Json][] =>
    outer[key] === undefined && inner[key] === undefined ? [] : [[key, { ...objectOr(outer[key]), ...objectOr(inner[key]) }]],
  );
  return { ...outer, ...inner, ...Object.fromEntries(maps) };
}

/** (model/virtualservice.go hasConflict) */
function conflict(root: JsonObject, leaf: JsonObject): boolean {
  if ((root.ignoreUriCase === true) !== (leaf.ignoreUriCase === true)) return true;
  if (['uri', 'scheme', 'method', 'authority'].some((key) => stringsConflict(root[key], leaf[key]))) return true;
  const maps = ['headers', 'withoutHeaders', 'queryParams'] as const;
  if (
    maps.some((key) =>
      Object.entries(objectOr(leaf[key])).some(([name, condition]) => stringsConflict(objectOr(root[key])[name], condition)),
    )
  )
    return true;
  if (typeof root.port === 'number' && root.port !== 0 && leaf.port !== undefined && leaf.port !== root.port) return true;
  const labels = objectOr(root.sourceLabels);
  if (Object.entries(objectOr(leaf.sourceLabels)).some(([key, value]) => labels[key] !== undefined && labels[key] !== value)) return true;
  if (typeof root.sourceNamespace === 'string' && root.sourceNamespace !== '' && root.sourceNamespace !== leaf.sourceNamespace) return true;
  const outer = listOr(root.gateways);
  const own = listOr(leaf.gateways);
  return outer.length > 0 && own.length > 0 && (outer.length < own.length || !own.every((name) => outer.includes(name)));
}

function stringsConflict(root: Json | undefined, leaf: Json | undefined): boolean {
  if (!isObject(root) || !isObject(leaf)) return false;
  if (root.regex !== undefined || leaf.regex !== undefined) return true;
  if (typeof root.exact === 'string') return !sameJson(root, leaf);
  const text = leaf.exact ?? leaf.prefix;
  // Two that only ask for presence conflict as well: Istio compares texts, and there are none.
  return typeof root.prefix !== 'string' || typeof text !== 'string' || !text.startsWith(root.prefix);
}
