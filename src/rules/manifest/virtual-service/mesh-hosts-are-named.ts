import { boundToMesh } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** `*` is a host for gateways alone (Istio: validation.go ValidateVirtualService). */
export const meshHostsAreNamed = defineObjectRule<{ id: string }>({
  code: 'MS5104',
  name: 'mesh-hosts-are-named',
  severity: 'error',
  summary: ({ id }) => `${id} takes all hosts of the mesh: \`*\``,
  why: 'Istio rejects the host `*` where `gateways` is empty or holds `mesh`.',
  fix: 'Name the hosts, or name gateways alone under `gateways`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    if (!boundToMesh(object.spec)) return;
    for (const [i, host] of listOr(object.spec.hosts).entries()) {
      if (host === '*') report({ params: { id: titleOf(object) }, pointer: `/hosts/${i}` });
    }
  },
});
