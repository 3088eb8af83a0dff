import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Before Istio 1.15 requests are aborted by HTTP status alone (validation.go validateHTTPFaultInjectionAbort of 1.14). */
export const abortByHttpStatus = defineObjectRule<{ id: string }>({
  code: 'MS5122',
  name: 'abort-by-http-status',
  severity: 'error',
  summary: ({ id }) => `a fault of ${id} aborts by \`grpcStatus\`, which needs Istio 1.15`,
  why: 'An older Istio knows the field, but rejects a VirtualService that uses it.',
  fix: 'Write `httpStatus`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { to: 14 },
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      if (objectOr(objectOr(route.fault).abort).grpcStatus !== undefined)
        report({ params: { id: titleOf(object) }, pointer: `${pointer}/fault/abort/grpcStatus`, part: 'key' });
    }
  },
});
