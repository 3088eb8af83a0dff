import { derived, type Traced, traced } from '../model/origin.ts';
import type { HttpRoute, ResolvedVirtualService } from '../model/resolved.ts';

/**
 * Argo Rollouts finds the routes that it shifts by name, and of several that are called alike only the first
 * (rollout/trafficrouting/istio/istio.go, searchHttpRoute): written for each port or each alternative, every one has a name of its own.
 */
export function withShiftedNamesApart(routes: ResolvedVirtualService): ResolvedVirtualService {
  if (!routes.http.some(isShifted)) return routes;
  const taken = new Set(routes.http.filter((route) => !isShifted(route)).map(({ name }) => name?.value));
  const http = routes.http.map((route): HttpRoute => {
    if (route.name === undefined || !isShifted(route)) return route;
    const name = freeName(route.name, taken);
    taken.add(name.value);
    return { ...route, name };
  });
  return { ...routes, http };
}

/** A share of nothing is left out, but where a controller looks for the destination to give it one. */
function isShifted({ destinations }: HttpRoute): boolean {
  return destinations.some(({ weight }) => weight?.value === 0);
}

function freeName(name: Traced<string>, taken: ReadonlySet<string | undefined>): Traced<string> {
  if (!taken.has(name.value)) return name;
  let n = 2;
  while (taken.has(`${name.value}-${n}`)) n += 1;
  return traced(`${name.value}-${n}`, derived(name.origin, 'the Rollout finds a route by its name, so no other has it'));
}
