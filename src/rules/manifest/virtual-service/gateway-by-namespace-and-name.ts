import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { gatewayReferences, isGatewayReference } from './gateway-references.ts';

/**
 * A gateway of another namespace is named with a slash; names with dots are legacy (Istio: validation.go validateGatewayNames, which warns;
 * in matches of http and tcp routes, and behind a name without a slash, its warning is lost).
 */
export const gatewayByNamespaceAndName = defineObjectRule<{ id: string; name: string }>({
  code: 'MS5109',
  name: 'gateway-by-namespace-and-name',
  severity: 'warning',
  summary: ({ id, name }) => `${id} names a gateway by the legacy form \`${name}\``,
  why: 'Istio takes the first part for the name, the second for the namespace, ignores the rest, and warns that the form is legacy.',
  fix: 'Write `namespace/name`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(object, report) {
    for (const { name, pointer } of gatewayReferences(object.spec)) {
      if (name.includes('/') || !name.includes('.') || !isGatewayReference(name)) continue;
      const [gateway = '', namespace = ''] = name.split('.');
      const hints = namespace === '' ? [] : [`write \`${namespace}/${gateway}\``];
      report({ params: { id: titleOf(object), name }, pointer, hints });
    }
  },
});
