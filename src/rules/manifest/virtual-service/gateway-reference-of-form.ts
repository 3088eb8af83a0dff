import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { gatewayReferences, isGatewayReference } from './gateway-references.ts';

/** Gateways are named as `name` or `namespace/name` (Istio: validation.go validateGatewayNames). */
export const gatewayReferenceOfForm = defineObjectRule<{ id: string; name: string }>({
  code: 'MS5107',
  name: 'gateway-reference-of-form',
  severity: 'error',
  summary: ({ id, name }) => `\`${name}\` in ${id} is no name of a gateway`,
  why: 'Gateways and namespaces are named by letters, digits and hyphens, with one slash between them; Istio rejects anything else.',
  fix: 'Write `namespace/name`, the `name` alone for a gateway of the same namespace, or `mesh`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { name, pointer, read } of gatewayReferences(object.spec)) {
      if (read && !isGatewayReference(name)) report({ params: { id: titleOf(object), name }, pointer });
    }
  },
});
