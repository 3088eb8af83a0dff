import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { resolutionOf, textOr } from './entry-parts.ts';
import { workloadsOf } from './workload-parts.ts';

/** A workload has an address, or from 1.19 at least a network (Istio: validation.go validateWorkloadEntry). DNS wants the address in any case. */
export const addressOrNetwork = defineObjectRule<{ id: string; endpoint: boolean; network: string }>({
  code: 'MS5409',
  name: 'address-or-network',
  severity: 'error',
  summary: ({ id, endpoint, network }) =>
    `${endpoint ? `an endpoint of ${id}` : id} has no \`address\`${network === '' ? ' and no `network`' : ', and a network alone is not enough before Istio 1.19'}`,
  why: 'There is nothing to connect to; Istio rejects the object.',
  fix: 'Write the `address`: an IP address, a name, or a socket (`unix:///…`).',
  since: '0.1.0',
  reads: ['ServiceEntry', 'WorkloadEntry'],
  check(object, report, mesh) {
    const { kind, spec } = object;
    const endpoint = kind === 'ServiceEntry';
    if (endpoint && resolutionOf(spec) !== 'STATIC') return;
    for (const { workload, address, pointer } of workloadsOf(object)) {
      const network = textOr(workload.network);
      if (address !== '' || (network !== '' && mesh.environment.istio.minor >= 19)) continue;
      report({
        params: { id: titleOf(object), endpoint, network },
        pointer: workload.address === undefined ? pointer : `${pointer}/address`,
      });
    }
  },
});
