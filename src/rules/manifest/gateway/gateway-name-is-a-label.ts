import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A Gateway's name is a single DNS label, though Kubernetes would take dots (Istio: validation.go ValidateGateway). */
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
    if (label.test(name)) return;
    const why = name.length > 63 ? `has ${name.length} characters, more than 63` : 'is not made of letters, digits and inner hyphens alone';
    report({ params: { id: titleOf(object), why }, pointer: '/metadata/name', within: 'body' });
  },
});

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
