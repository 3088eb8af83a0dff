import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/** In the mesh the oldest VirtualService of a host wins whole and the others are ignored (Istio: route.go, no merge in sidecars). */
export const oneVirtualServicePerMeshHost = defineMeshRule<{ id: string; other: string; host: string }>({
  code: 'MS5002',
  name: 'one-virtual-service-per-mesh-host',
  severity: 'error',
  alias: 'IST0109',
  summary: ({ id, other, host }) => `${id} and ${other} both route ${host} in the mesh`,
  why: 'Sidecars take the oldest one and ignore the other; which is older, git does not know.',
  fix: 'Say everything about a host in one intent, or give one of the two a gateway of its own.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const first = new Map<string, MeshObject>();
    for (const object of mesh.ofKind('VirtualService').filter(boundToMesh)) {
      for (const [i, host] of listOr(object.spec.hosts).entries()) {
        const key = mesh.hosts.qualified(String(host), object.namespace);
        const other = first.get(key);
        if (other === undefined) first.set(key, object);
        else if (other !== object) {
          const related = [{ message: 'the other one comes from here', at: other.manifest.owner.origin.at }];
          report(object, { params: { id: titleOf(object), other: titleOf(other), host: key }, pointer: `/hosts/${i}`, related });
        }
      }
    }
  },
});

function boundToMesh({ spec }: MeshObject): boolean {
  const gateways = listOr(spec.gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}
