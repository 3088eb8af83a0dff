import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isDelegate } from './bindings.ts';

/** A VirtualService has hosts where the mesh knows no delegates (Istio up to 1.7: validation.go ValidateVirtualService). */
export const virtualServiceNamesHosts = defineObjectRule<{ id: string }>({
  code: 'MS5100',
  name: 'virtual-service-names-hosts',
  severity: 'error',
  summary: ({ id }) => `${id} names no hosts`,
  why: 'Delegates, which have none, came with Istio 1.8; before that every VirtualService without hosts is rejected.',
  fix: 'Write `hosts`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { to: 7 },
  check(object, report) {
    if (isDelegate(object.spec)) report({ params: { id: titleOf(object) }, pointer: '' });
  },
});
