import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { resolutionOf, textOr } from './entry-parts.ts';
import { workloadsOf } from './workload-parts.ts';

/** A network does not replace an address for everyone (Istio: validation.go validateWorkloadEntry warns since 1.19; pilot/pkg/xds/endpoints). */
export const addressBesideNetwork = defineObjectRule<{ id: string; endpoint: boolean; network: string }>({
  code: 'MS5410',
  name: 'address-beside-network',
  severity: 'warning',
  summary: ({ id, endpoint, network }) => `${endpoint ? `an endpoint of ${id}` : id} has the network \`${network}\`, but no address`,
  why: 'Proxies of other networks reach it through the gateway of that network; proxies of its own network drop it.',
  fix: 'Write the `address`, or leave it out on purpose where no client lives in that network.',
  since: '0.1.0',
  reads: ['ServiceEntry', 'WorkloadEntry'],
  meshes: { from: 19 },
  check(object, report) {
    const endpoint = object.kind === 'ServiceEntry';
    if (endpoint && resolutionOf(object.spec) !== 'STATIC') return;
    for (const { workload, address, pointer } of workloadsOf(object)) {
      const network = textOr(workload.network);
      if (address === '' && network !== '') report({ params: { id: titleOf(object), endpoint, network }, pointer: `${pointer}/network` });
    }
  },
});
