import { titleOf } from '../../../mesh/mesh-object.ts';
import { isList, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { resolutionOf } from './entry-parts.ts';

/**
 * Endpoints go with a resolution that reads them (Istio: validation.go ValidateServiceEntry; the CRD since 1.23, which does not even want
 * an empty list).
 */
export const resolutionForEndpoints = defineObjectRule<{ id: string; written: boolean; empty: boolean }>({
  code: 'MS5401',
  name: 'resolution-for-endpoints',
  severity: 'error',
  summary: ({ id, written, empty }) =>
    `${id} has ${empty ? 'an empty list of endpoints' : 'endpoints'} beside resolution NONE${written ? '' : ', which is the default'}`,
  why: 'With NONE a connection goes to the address that the caller chose; nothing reads the endpoints, and Istio rejects the ServiceEntry.',
  fix: 'Write `resolution: STATIC` where endpoints are addresses, `resolution: DNS` where they are names, or remove `endpoints`.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report, mesh) {
    const { endpoints, resolution } = object.spec;
    if (!isList(endpoints) || resolutionOf(object.spec) !== 'NONE') return;
    const empty = listOr(endpoints).length === 0;
    if (empty && mesh.environment.istio.minor < 23) return;
    const params = { id: titleOf(object), written: resolution !== undefined, empty };
    report({ params, pointer: '/endpoints', part: 'key' });
  },
});
