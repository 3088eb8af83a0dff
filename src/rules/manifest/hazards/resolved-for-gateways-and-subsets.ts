import { destinationsOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { hostKey } from './rules-of-hosts.ts';

/**
 * With resolution NONE, which is the default, a sidecar sends a connection where its caller meant it to go. Routed there otherwise it has no
 * such place: a gateway finds no endpoints, and a subset chooses among none (Istio: pilot/pkg/networking/core/cluster.go convertResolution).
 */
export const resolvedForGatewaysAndSubsets = defineMeshRule<{ id: string; host: string; entry: string; subset: string | undefined }>({
  code: 'MS5913',
  name: 'resolved-for-gateways-and-subsets',
  severity: 'warning',
  summary: ({ id, host, entry, subset }) =>
    `${id} leads ${subset === undefined ? 'from a gateway' : `to the subset \`${subset}\``} ${subset === undefined ? 'to' : 'of'} ${host}, but ${entry} has resolution NONE`,
  why: 'Without a resolution a proxy knows no address of the host but the one that its caller asked for: a gateway answers 503, and a subset has no endpoints to choose among.',
  fix: 'Write `resolution: DNS`, or `STATIC` with endpoints, in the ServiceEntry.',
  since: '0.1.0',
  reads: ['VirtualService', 'ServiceEntry'],
  check(mesh, report) {
    const unresolved = unresolvedHosts(mesh);
    if (unresolved.size === 0) return;
    for (const object of mesh.ofKind('VirtualService')) {
      if (!object.wellFormed) continue;
      const gateways = listOr(object.spec.gateways);
      const atGateway = gateways.length > 0 && !gateways.includes('mesh');
      const told = new Set<string>();
      for (const { destination, pointer } of destinationsOf(object.spec)) {
        const host = hostKey(mesh, destination.host, object);
        const entry = unresolved.get(host);
        const subset = typeof destination.subset === 'string' ? destination.subset : undefined;
        if (entry === undefined || (!atGateway && subset === undefined) || told.has(host)) continue;
        told.add(host);
        const resolution = entry.spec.resolution === undefined ? entry.at('/hosts') : entry.at('/resolution');
        const params = { id: titleOf(object), host, entry: titleOf(entry), subset: atGateway ? undefined : subset };
        report(object, { params, pointer: `${pointer}/host`, related: [{ message: 'not resolved here', at: resolution }] });
      }
    }
  },
});

/** Hosts that only ServiceEntries without a resolution declare. */
function unresolvedHosts(mesh: Mesh): ReadonlyMap<string, MeshObject> {
  const unresolved = new Map<string, MeshObject>();
  for (const { host, object } of mesh.hosts.all) {
    const key = host.toLowerCase();
    if (object === undefined || (object.spec.resolution ?? 'NONE') !== 'NONE' || object.spec.location === 'MESH_INTERNAL') continue;
    if (mesh.hosts.named(key).every((one) => (one.object?.spec.resolution ?? 'NONE') === 'NONE' && one.object !== undefined))
      unresolved.set(key, object);
  }
  return unresolved;
}
