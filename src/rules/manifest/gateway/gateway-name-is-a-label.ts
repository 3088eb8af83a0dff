import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A Gateway's name is a single DNS label, though Kubernetes would take dots and more than 63 characters (Istio: validation.go
 * ValidateGateway). Of names that Kubernetes refuses, too, `kubernetes-names` speaks.
 */
export const gatewayNameIsALabel = defineObjectRule<{ id: string; why: string }>({
  code: 'MS5301',
  name: 'gateway-name-is-a-label',
  severity: 'error',
  summary: ({ id, why }) => `the name of ${id} ${why}`,
  why: 'Istio writes a Gateway into names of routes and into references, where a dot divides; it rejects any name but a single label.',
  fix: 'Use letters, digits and hyphens, at most 63 of them, and change the name in all `gateways:` that refer to it.',
  since: '0.1.0',
  reads: ['Gateway'],
  meshes: { from: 2 },
  check(object, report) {
    const { name } = object;
    if (!name.includes('.') && name.length <= 63) return;
    const why = name.includes('.') ? 'has a dot' : `has ${name.length} characters, more than 63`;
    report({ params: { id: titleOf(object), why }, pointer: '/metadata/name', within: 'body' });
  },
});
