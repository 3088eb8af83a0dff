import type { RoutePart } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr, sameJson } from '../../../model/json.ts';

const known = new WeakMap<Mesh, ReadonlyMap<string, MeshObject>>();

export function isDelegate({ hosts }: JsonObject): boolean {
  return listOr(hosts).length === 0;
}

/**
 * Whether nothing of a route goes on to the next one: where its delegate is there to see, and ends in a route without a match, for which
 * Istio puts the root's own (pilot/pkg/model/virtualservice.go mergeHTTPMatchRequests). What a delegate leaves, the next route gets.
 */
export function takesAll({ route }: RoutePart, root: MeshObject, mesh: Mesh): boolean {
  if (route.delegate === undefined) return true;
  const { name, namespace = root.namespace } = objectOr(route.delegate);
  const delegate = delegatesOf(mesh).get(`${String(namespace)}/${String(name)}`);
  if (delegate === undefined || !isExported(delegate, root.namespace)) return false;
  return listOr(delegate.spec.http).some((one) => listOr(objectOr(one).match).length === 0);
}

function delegatesOf(mesh: Mesh): ReadonlyMap<string, MeshObject> {
  const before = known.get(mesh);
  if (before !== undefined) return before;
  const delegates = new Map<string, MeshObject>();
  for (const object of mesh.ofKind('VirtualService'))
    if (object.wellFormed && isDelegate(object.spec)) delegates.set(`${object.namespace}/${object.name}`, object);
  known.set(mesh, delegates);
  return delegates;
}

function isExported({ spec, namespace }: MeshObject, to: string): boolean {
  const exportTo = listOr(spec.exportTo);
  return exportTo.length === 0 || exportTo.some((one) => one === '*' || one === to || (one === '.' && namespace === to));
}

/**
 * Whether a route of a delegate with the one match, or without, stays whenever a later one with `later` does. Istio joins each match with
 * those of the root and drops what it holds to be in conflict (mergeHTTPRoute, hasConflict): of a match that asks part of what another
 * asks in the same words it keeps at least as much, but for the words that it also compares where one side has none.
 */
export function staysWith(route: JsonObject, later: JsonObject): boolean {
  const [match, ...others] = listOr(route.match).map(objectOr);
  if (match === undefined) return true;
  return others.length === 0 && asksPartOf(match, later) && ['ignoreUriCase', 'sourceNamespace'].every((key) => isSame(key, match, later));
}

function asksPartOf(part: JsonObject, whole: JsonObject): boolean {
  return Object.entries(part).every(([key, value]) => {
    if (key === 'name' || key === 'statPrefix') return true;
    if (!['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'].includes(key)) return sameJson(value, whole[key]);
    const entries = objectOr(whole[key]);
    return Object.entries(objectOr(value)).every(([name, one]) => Object.hasOwn(entries, name) && sameJson(one, entries[name]));
  });
}

function isSame(key: string, a: JsonObject, b: JsonObject): boolean {
  return (a[key] ?? false) === (b[key] ?? false);
}
