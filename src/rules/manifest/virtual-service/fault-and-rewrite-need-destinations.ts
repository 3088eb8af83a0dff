import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actingRoutes } from './delegating-routes.ts';

/** What answers by itself has neither fault nor rewrite (Istio: virtualservice.go validateHTTPRouteConflict). */
export const faultAndRewriteNeedDestinations = defineObjectRule<{ id: string; key: string; action: string }>({
  code: 'MS5113',
  name: 'fault-and-rewrite-need-destinations',
  severity: 'error',
  summary: ({ id, key, action }) => `a route of ${id} has both \`${action}\` and \`${key}\``,
  why: 'A request that is answered at once has no way on which it could fail or be rewritten; Istio rejects the VirtualService.',
  fix: 'Remove one of the two.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { route, pointer } of actingRoutes(object.spec)) {
      // Of two actions there is a finding already, and a finding for each pair would say the same again.
      const action = isObject(route.redirect) ? 'redirect' : isObject(route.directResponse) ? 'directResponse' : undefined;
      if (action === undefined) continue;
      const related = [{ message: `\`${action}\` is written here`, at: object.at(`${pointer}/${action}`, 'key') }];
      for (const key of ['fault', 'rewrite']) {
        if (isObject(route[key]))
          report({ params: { id: titleOf(object), key, action }, pointer: `${pointer}/${key}`, part: 'key', related });
      }
    }
  },
});
