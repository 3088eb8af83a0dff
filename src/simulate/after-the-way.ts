import type { Mesh } from '../mesh/mesh.ts';
import { titleOf } from '../mesh/mesh-object.ts';
import { listOr, objectOr } from '../model/json.ts';
import { valueAt } from '../model/pointer.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';

/** The request as it leaves the proxy that routed it: with the route's `rewrite` and its changes of headers. */
export function afterTheWay(request: MeshRequest, decision: RouteDecision, mesh: Mesh): MeshRequest {
  const { rewrite, headers } = decision.onTheWay;
  const { uri, authority } = objectOr(rewrite);
  const { set, add, remove } = objectOr(objectOr(headers).request);
  const gone = new Set(listOr(remove).map((name) => String(name).toLowerCase()));
  const put = Object.entries({ ...objectOr(add), ...objectOr(set) }).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    String(value),
  ]);
  const sent = [...Object.entries(request.headers), ...put].filter(([name]) => !gone.has(name));
  return {
    ...request,
    ...(typeof authority === 'string' ? { authority } : {}),
    ...(typeof uri === 'string' ? { path: rewritten(request.path, uri, prefixOf(decision, mesh)) } : {}),
    headers: Object.fromEntries(sent),
  };
}

/** A prefix is replaced, anything else wholly; no condition counts as the prefix '/' (route.go). */
function rewritten(path: string, uri: string, prefix: string | undefined): string {
  return prefix === undefined ? uri : `${uri}${path.slice(prefix.length)}`;
}

function prefixOf({ steps }: RouteDecision, mesh: Mesh): string | undefined {
  const place = steps.find(({ about, took }) => about === 'match' && took)?.place;
  const object = mesh.shown('VirtualService').find((one) => titleOf(one) === place?.manifest);
  const { uri } = objectOr(place === undefined || object === undefined ? undefined : valueAt(object.spec, place.pointer));
  const { prefix, exact, regex } = objectOr(uri);
  if (typeof prefix === 'string') return prefix;
  return exact === undefined && regex === undefined ? '/' : undefined;
}
