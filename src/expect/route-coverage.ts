import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { RouteDecision } from '../model/routing.ts';
import { routeTested } from './diagnostics.ts';
import { routeTitle } from './judge-cases.ts';

/** How many of the routes of a mesh some decision took, and a note for each of the others. */
export interface RouteCoverage {
  readonly routes: number;
  readonly tested: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A route that delegates is covered by the routes that it delegates to. */
export function routeCoverage(virtualServices: readonly MeshObject[], decisions: readonly RouteDecision[]): RouteCoverage {
  const taken = new Set(decisions.flatMap(({ route }) => (route === undefined ? [] : [`${route.manifest}${route.pointer}`])));
  const routes = virtualServices.flatMap((object) =>
    routesOf(object.spec)
      .filter(({ route }) => route.delegate === undefined)
      .map((part) => ({
        object,
        ...part,
        name: part.route.name,
        manifest: titleOf(object),
        words: matchesOf(part)[0]?.pointer ?? part.pointer,
      })),
  );
  const left = routes.filter(({ manifest, pointer }) => !taken.has(`${manifest}${pointer}`));
  return {
    routes: routes.length,
    tested: routes.length - left.length,
    diagnostics: left.map(({ object, pointer, manifest, name, words }) =>
      diagnose(routeTested, {
        params: { route: `${routeTitle({ manifest, pointer })}${typeof name === 'string' && name !== '' ? ` (${name})` : ''}` },
        at: object.at(words),
      }),
    ),
  };
}
