import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { gatewayReferences, isGatewayReference } from './gateway-references.ts';

/**
 * Gateways are named as `name` or `namespace/name`, also where nobody looks: Istio's validation returns after the first name without a
 * slash (validation.go validateGatewayNames), so that after `mesh` anything goes.
 */
export const unreadGatewayReferenceOfForm = defineObjectRule<{ id: string; name: string }>({
  code: 'MS5108',
  name: 'unread-gateway-reference-of-form',
  severity: 'warning',
  summary: ({ id, name }) => `\`${name}\` in ${id} is no name of a gateway, which Istio does not notice`,
  why: 'Istio checks names up to the first one without a slash and accepts whatever follows; no gateway can have such a name, so the routes are missing there.',
  fix: 'Write `namespace/name`, the `name` alone for a gateway of the same namespace, or `mesh`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { name, pointer, read } of gatewayReferences(object.spec)) {
      if (!read && !isGatewayReference(name)) report({ params: { id: titleOf(object), name }, pointer });
    }
  },
});
