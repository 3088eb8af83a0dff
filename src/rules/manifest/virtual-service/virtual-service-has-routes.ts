import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A VirtualService routes something (Istio: virtualservice.go ValidateVirtualService). */
export const virtualServiceHasRoutes = defineObjectRule<{ id: string }>({
  code: 'MS5006',
  name: 'virtual-service-has-routes',
  severity: 'error',
  summary: ({ id }) => `${id} has no route left`,
  why: 'Istio rejects a VirtualService without http, tls or tcp routes.',
  fix: 'Write a route, or remove the object; in an intent: check the patch that removes the last route.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    if (['http', 'tls', 'tcp'].some((list) => listOr(object.spec[list]).length > 0)) return;
    report({ params: { id: titleOf(object) }, pointer: '' });
  },
});
