import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isDelegate } from './bindings.ts';

/** A delegate says nothing but http routes (Istio: validation.go ValidateVirtualService; delegates are on by default from 1.8). */
export const delegateHasHttpRoutesAlone = defineObjectRule<{ id: string; key: string }>({
  code: 'MS5101',
  name: 'delegate-has-http-routes-alone',
  severity: 'error',
  summary: ({ id, key }) => `${id} has no hosts, which makes it a delegate, but it has \`${key}\``,
  why: 'Hosts and gateways of a delegate are those of the VirtualService that delegates to it, by its http routes; Istio rejects a delegate with anything else.',
  fix: 'Give the VirtualService `hosts` of its own, or remove the field.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(object, report) {
    if (!isDelegate(object.spec)) return;
    for (const key of ['gateways', 'tls', 'tcp']) {
      if (listOr(object.spec[key]).length > 0) report({ params: { id: titleOf(object), key }, pointer: `/${key}`, part: 'key' });
    }
  },
});
