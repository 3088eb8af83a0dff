import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { resolutionOf } from './entry-parts.ts';

/** With DYNAMIC_DNS all addresses come from the names in requests (Istio: validation.go ValidateServiceEntry, since 1.28). */
export const noAddressesForDynamicHosts = defineObjectRule<{ id: string; key: string }>({
  code: 'MS5412',
  name: 'no-addresses-for-dynamic-hosts',
  severity: 'error',
  summary: ({ id, key }) => `${id} has \`${key}\` beside resolution DYNAMIC_DNS`,
  why: 'With DYNAMIC_DNS a proxy looks up the host that a request names and uses no other address; Istio rejects the ServiceEntry.',
  fix: 'Remove them, or write the resolution that they are meant for: STATIC or DNS.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    if (resolutionOf(object.spec) !== 'DYNAMIC_DNS') return;
    for (const key of ['addresses', 'endpoints']) {
      if (listOr(object.spec[key]).length > 0) report({ params: { id: titleOf(object), key }, pointer: `/${key}/0` });
    }
  },
});
