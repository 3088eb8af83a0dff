import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actingRoutes } from './delegating-routes.ts';

/** Copies are sent by `mirror` or by `mirrors` (Istio: virtualservice.go validateHTTPRouteConflict, from 1.20). */
export const mirrorOrMirrors = defineObjectRule<{ id: string }>({
  code: 'MS5114',
  name: 'mirror-or-mirrors',
  severity: 'error',
  summary: ({ id }) => `a route of ${id} has both \`mirror\` and \`mirrors\``,
  why: 'Istio rejects a route with both.',
  fix: 'Make the `mirror` an entry of `mirrors`: `{destination: …, percentage: …}`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 20 },
  check(object, report) {
    for (const { route, pointer } of actingRoutes(object.spec)) {
      if (!isObject(route.mirror) || listOr(route.mirrors).length === 0) continue;
      const related = [{ message: '`mirrors` is written here', at: object.at(`${pointer}/mirrors`, 'key') }];
      report({ params: { id: titleOf(object) }, pointer: `${pointer}/mirror`, part: 'key', related });
    }
  },
});
