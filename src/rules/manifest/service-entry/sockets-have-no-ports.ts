import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isSocket, workloadsOf } from './workload-parts.ts';

/**
 * A workload behind a socket names no ports (Istio: validation.go validateWorkloadEntry; the CRD since 1.23, which also judges templates
 * and does not even want an empty map).
 */
export const socketsHaveNoPorts = defineObjectRule<{ id: string; address: string }>({
  code: 'MS5408',
  name: 'sockets-have-no-ports',
  severity: 'error',
  summary: ({ id, address }) => `${id} gives \`ports\` to the socket \`${address}\``,
  why: 'A socket has no ports; Istio rejects the object.',
  fix: 'Remove `ports`, or write an IP address.',
  since: '0.1.0',
  reads: ['ServiceEntry', 'WorkloadEntry', 'WorkloadGroup'],
  check(object, report, mesh) {
    const byCrd = mesh.environment.istio.minor >= 23;
    for (const { workload, address, pointer } of workloadsOf(object)) {
      if (!isSocket(address) || workload.ports === undefined) continue;
      if (!byCrd && (object.kind === 'WorkloadGroup' || Object.keys(objectOr(workload.ports)).length === 0)) continue;
      report({ params: { id: titleOf(object), address }, pointer: `${pointer}/ports`, part: 'key' });
    }
  },
});
