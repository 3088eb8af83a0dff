import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { endpointsOf, resolutionOf } from './entry-parts.ts';

/** DNS_ROUND_ROBIN takes one name (Istio: validation.go ValidateServiceEntry since 1.17, and the CRD; Envoy refuses more in every version). */
export const oneEndpointForRoundRobin = defineObjectRule<{ id: string; count: number }>({
  code: 'MS5405',
  name: 'one-endpoint-for-round-robin',
  severity: 'error',
  summary: ({ id, count }) => `${id} has ${count} endpoints; resolution DNS_ROUND_ROBIN takes one`,
  why: 'Envoy connects to the next address of a single name, and refuses a cluster of that type with more; Istio rejects the ServiceEntry.',
  fix: 'Write `resolution: DNS`, or keep one endpoint.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const count = endpointsOf(object.spec).length;
    if (resolutionOf(object.spec) === 'DNS_ROUND_ROBIN' && count > 1)
      report({ params: { id: titleOf(object), count }, pointer: '/endpoints/1' });
  },
});
