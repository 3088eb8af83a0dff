import { qualifiedHost } from '../../istio/names.ts';
import { listOr, objectOr } from '../../model/json.ts';
import { type Manifest, manifestId, originAt } from '../../model/manifest.ts';
import { defineRule } from '../rule.ts';
import type { ManifestSubject } from '../subjects.ts';

/** In the mesh the oldest VirtualService of a host wins whole and the others are ignored (Istio: route.go, no merge in sidecars). */
export const oneVirtualServicePerMeshHost = defineRule({
  code: 'MS5002',
  name: 'one-virtual-service-per-mesh-host',
  severity: 'error',
  alias: 'IST0109',
  summary: ({ id, other, host }: { id: string; other: string; host: string }) => `${id} and ${other} both route ${host} in the mesh`,
  why: 'Sidecars take the oldest one and ignore the other; which is older, git does not know.',
  fix: 'Say everything about a host in one intent, or give one of the two a gateway of its own.',
  since: '0.1.0',
  check({ environment, manifests }: ManifestSubject, report) {
    const first = new Map<string, Manifest>();
    for (const manifest of manifests.filter(boundToMesh)) {
      for (const [i, host] of listOr(objectOr(manifest.body.spec).hosts).entries()) {
        const key = qualifiedHost(String(host), manifest.namespace, environment.clusterDomain);
        const other = first.get(key);
        if (other === undefined) first.set(key, manifest);
        else if (other !== manifest) {
          const related =
            other.owner.origin.at === undefined ? [] : [{ message: 'the other one comes from here', at: other.owner.origin.at }];
          const at = originAt(manifest.provenance, `/spec/hosts/${i}`)?.at ?? manifest.owner.origin.at;
          report({ params: { id: manifestId(manifest), other: manifestId(other), host: key }, at, related });
        }
      }
    }
  },
});

function boundToMesh({ kind, body }: Manifest): boolean {
  const spec = objectOr(body.spec);
  const gateways = listOr(spec.gateways);
  return kind === 'VirtualService' && (gateways.length === 0 || gateways.includes('mesh'));
}
