import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { sameObject } from './same-object.ts';
import { overlapIn } from './selectors.ts';
import { type Server, serversOf } from './servers.ts';

/**
 * A port of a workload that one server opens for plain text takes no other protocol: HTTP servers share it, everything else, a second
 * TCP server included, is dropped (Istio: pilot/pkg/model/gateway.go mergeGateways, canMergeProtocols). TLS servers share a port as well.
 * A TLS server that is older stays beside the plain one, so age decides again. Servers of one Gateway: `one-protocol-per-port`.
 */
export const gatewayPortForOneProtocol = defineMeshRule<{ id: string; other: string; port: number; protocols: readonly [string, string] }>({
  code: 'MS5805',
  name: 'gateway-port-for-one-protocol',
  severity: 'warning',
  summary: ({ id, other, port, protocols: [own, others] }) =>
    own === others
      ? `${id} and ${other} both open port ${port} for ${own}`
      : `${id} opens port ${port} for ${own}, and ${other} opens it for ${others}`,
  why: 'Such servers cannot share a port of one workload: Istio drops the newer one without a word, and git does not know which is newer.',
  fix: 'Give one of the two a port of its own.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const overlap = overlapIn(mesh.cluster);
    const byPort = new Map<string, Server[]>();
    const reported = new Set<MeshObject>();
    for (const server of serversOf(mesh)) {
      const key = `${server.port} ${server.bind}`;
      const earlier = byPort.get(key) ?? [];
      const other = earlier.find((one) => !sharePort(one, server) && !sameObject(one.object, server.object) && overlap(one, server));
      if (other !== undefined && server.judged && !reported.has(server.object)) {
        reported.add(server.object);
        const protocols = [server.protocol, other.protocol] as const;
        const params = { id: titleOf(server.object), other: titleOf(other.object), port: server.port, protocols };
        const related = [{ message: 'the other one', at: other.object.at(`${other.pointer}/port/protocol`) }];
        report(server.object, { params, pointer: `${server.pointer}/port/protocol`, related });
      }
      // One of each selector and kind stands for all.
      if (!earlier.some((one) => one.speaks === server.speaks && one.selectorKey === server.selectorKey))
        byPort.set(key, [...earlier, server]);
    }
  },
});

function sharePort(a: Server, b: Server): boolean {
  return a.speaks === b.speaks && a.speaks !== 'connections';
}
