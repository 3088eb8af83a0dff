import { namespaceOfHost } from '../../../istio/host.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isSeenFrom } from '../../../mesh/visibility.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { hostHints, serviceNames } from './host-hints.ts';
import { type EgressHost, egressHosts } from './sidecar-egress.ts';

/**
 * A host that a Sidecar imports must be known in the namespace that it is imported from, and exported to the Sidecar's (Kiali's KIA1004;
 * Istio: pilot/pkg/model/sidecar.go selectServices). Wildcards are for whatever comes.
 */
export const egressHostKnown = defineObjectInMeshRule<{ id: string; written: string; lack: string }>({
  code: 'MS5723',
  name: 'egress-host-known',
  severity: 'warning',
  alias: 'KIA1004',
  summary: ({ id, written, lack }) => `${id} imports \`${written}\`, ${lack}`,
  why: 'The entry imports nothing. With other entries beside it, calls to the host that was meant leave the proxy as calls to an unknown host.',
  fix: 'Write `namespace/host` with the namespace of the Service or ServiceEntry and its whole host, such as `bookinfo/reviews.bookinfo.svc.cluster.local`.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report, mesh) {
    for (const egress of egressHosts(object)) {
      if (egress.host.startsWith('*')) continue;
      const lack = lackOf(mesh, object, egress);
      if (lack === undefined) continue;
      const home = namespaceOfHost(egress.host, mesh.environment.clusterDomain);
      const hints = home === undefined ? [] : hostHints(mesh, serviceNames(mesh), egress.host, home);
      report({ params: { id: titleOf(object), written: egress.written, lack }, pointer: egress.pointer, hints });
    }
  },
});

function lackOf(mesh: Mesh, object: MeshObject, { namespace, host }: EgressHost): string | undefined {
  const answer = mesh.hosts.find(host, object.namespace);
  if (answer.known === 'unknown') return undefined;
  if (answer.known === 'no') return 'and the mesh knows no such host';
  const there = answer.hosts.filter((one) => namespace === '*' || one.namespace === namespace);
  const [other] = answer.hosts;
  if (there.length === 0) {
    // Another owner of the host may stand in that namespace, unless the input shows what does.
    return mesh.cluster.knows('services', namespace) || namespaceOfHost(host, mesh.environment.clusterDomain) !== undefined
      ? `and that host belongs to the namespace ${other?.namespace}`
      : undefined;
  }
  return there.some(({ audience }) => isSeenFrom(audience, object.namespace)) ? undefined : `which is not exported to ${object.namespace}`;
}
