import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isDelegate } from './bindings.ts';

/** Delegation is one level deep (Istio: virtualservice.go validateHTTPRouteConflict). */
export const delegateDelegatesNoFurther = defineObjectRule<{ id: string }>({
  code: 'MS5102',
  name: 'delegate-delegates-no-further',
  severity: 'error',
  summary: ({ id }) => `${id} has no hosts, which makes it a delegate, but a route of it delegates, too`,
  why: 'Istio follows one delegation and rejects a delegate that delegates.',
  fix: 'Delegate to the last one directly from the VirtualService that has the hosts.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(object, report) {
    if (!isDelegate(object.spec)) return;
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      if (isObject(route.delegate)) report({ params: { id: titleOf(object) }, pointer: `${pointer}/delegate`, part: 'key' });
    }
  },
});
