import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { delegatingRoutes } from './delegating-routes.ts';

/** A route that delegates has no destinations and no redirect of its own (Istio: virtualservice.go validateHTTPRouteConflict). */
export const delegatingRouteLeadsNowhereElse = defineObjectRule<{ id: string; key: string }>({
  code: 'MS5103',
  name: 'delegating-route-leads-nowhere-else',
  severity: 'error',
  summary: ({ id, key }) => `a route of ${id} has both \`delegate\` and \`${key}\``,
  why: 'Where requests go is what the delegate says; Istio rejects a VirtualService in which the delegating route says it, too.',
  fix: 'Keep one of them, or move the other to a route of the delegate.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(object, report) {
    for (const { route, pointer } of delegatingRoutes(object.spec)) {
      const related = [{ message: '`delegate` is written here', at: object.at(`${pointer}/delegate`, 'key') }];
      for (const key of ownWays(route))
        report({ params: { id: titleOf(object), key }, pointer: `${pointer}/${key}`, part: 'key', related });
    }
  },
});

function ownWays({ redirect, route }: JsonObject): readonly string[] {
  return [...(isObject(redirect) ? ['redirect'] : []), ...(listOr(route).length > 0 ? ['route'] : [])];
}
