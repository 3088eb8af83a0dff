import { isObject, type Json, type JsonObject, objectOr, sameJson } from '../model/json.ts';
import type { Traced } from '../model/origin.ts';
import type { HttpRoute } from '../model/resolved.ts';
import { intersectMatch } from '../requests/intersect-match.ts';
import type { ResolveContext } from './context.ts';
import { delegateStaysWithin } from './exposure-diagnostics.ts';
import type { ServiceTarget } from './service.ts';

/**
 * Istio joins the root's conditions with the delegate's and silently drops a route of the delegate where it finds a conflict
 * (pilot/pkg/model/virtualservice.go, mergeHTTPMatchRequests). Where both could hold for one request, that loses a route.
 */
export function reportDroppedByDelegation(
  context: ResolveContext,
  target: ServiceTarget,
  roots: readonly Traced<JsonObject>[],
  routes: readonly HttpRoute[],
): void {
  for (const root of roots) {
    for (const leaf of routes.flatMap(({ match }) => match)) {
      const key = lostKey(root.value, leaf.value);
      if (key === undefined) continue;
      const related = leaf.origin.at === undefined ? [] : [{ message: "the service's own condition", at: leaf.origin.at }];
      context.report(delegateStaysWithin, { params: { key, service: target.intent.name }, at: root.origin.at, related });
    }
  }
}

/** The key on which Istio gives up although some request satisfies both. */
function lostKey(root: JsonObject, leaf: JsonObject): string | undefined {
  const met = intersectMatch(root, leaf);
  if (met.kind === 'impossible') return undefined;
  if (met.kind === 'undecided') return met.key;
  return ['uri', 'method', 'scheme', 'authority', 'headers', 'queryParams', 'withoutHeaders'].find((key) => {
    const [ours, theirs] = [objectOr(root[key]), objectOr(leaf[key])];
    if (root[key] === undefined || leaf[key] === undefined) return false;
    return isMap(key) ? Object.keys(ours).some((name) => conflicts(ours[name], theirs[name])) : conflicts(ours, theirs);
  });
}

function isMap(key: string): boolean {
  return key === 'headers' || key === 'queryParams' || key === 'withoutHeaders';
}

/** Not narrower than the root's, or a regex on either side. */
function conflicts(root: Json | undefined, leaf: Json | undefined): boolean {
  if (!isObject(root) || !isObject(leaf)) return false;
  if (root.regex !== undefined || leaf.regex !== undefined) return true;
  if (sameJson(root, leaf) || Object.keys(root).length === 0) return false;
  const text = String(leaf.exact ?? leaf.prefix ?? '');
  return typeof root.exact === 'string' ? leaf.exact !== root.exact : !text.startsWith(String(root.prefix));
}
