import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actingRoutes } from './delegating-routes.ts';

/** An http route leads to destinations, redirects or answers (Istio: virtualservice.go validateHTTPRouteConflict). */
export const oneActionPerRoute = defineObjectRule<{ id: string; actions: readonly string[] }>({
  code: 'MS5112',
  name: 'one-action-per-route',
  severity: 'error',
  summary: ({ id, actions }) => `a route of ${id} has ${listWords(actions.map((key) => `\`${key}\``))}`,
  why: 'A request can have one answer only; Istio rejects an http route that has several.',
  fix: 'Keep one of them, or move the others to routes with a `match` of their own.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { route, pointer } of actingRoutes(object.spec)) {
      const actions = actionsOf(route);
      const [first, ...others] = actions;
      const last = others.at(-1);
      if (last === undefined) continue;
      const related = [{ message: `\`${first}\` is written here`, at: object.at(`${pointer}/${first}`, 'key') }];
      report({ params: { id: titleOf(object), actions }, pointer: `${pointer}/${last}`, part: 'key', related });
    }
  },
});

/** In the order in which they are written. */
function actionsOf(route: JsonObject): readonly string[] {
  return Object.keys(route).filter(
    (key) => key === 'redirect' || key === 'directResponse' || (key === 'route' && listOr(route.route).length > 0),
  );
}
