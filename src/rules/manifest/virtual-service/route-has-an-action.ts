import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actingRoutes } from './delegating-routes.ts';

/** An http route leads somewhere, or answers (Istio: virtualservice.go validateHTTPRouteConflict). */
export const routeHasAnAction = defineObjectRule<{ id: string }>({
  code: 'MS5111',
  name: 'route-has-an-action',
  severity: 'error',
  summary: ({ id }) => `a route of ${id} has no \`route\`, \`redirect\` or \`directResponse\``,
  why: 'Istio rejects a VirtualService with an http route that does nothing; the other fields only change what it does.',
  fix: 'Write `route` with a destination, a `redirect` or a `directResponse`, or remove the http route.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { route, pointer } of actingRoutes(object.spec)) {
      const { redirect, directResponse, delegate } = route;
      const acts = [redirect, directResponse, delegate].some((action) => action !== undefined);
      if (!acts && listOr(route.route).length === 0) report({ params: { id: titleOf(object) }, pointer });
    }
  },
});
