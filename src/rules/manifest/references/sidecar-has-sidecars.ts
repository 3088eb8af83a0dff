import { titleOf } from '../../../mesh/mesh-object.ts';
import type { JsonObject } from '../../../model/json.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';

/** A Sidecar configures sidecars; a namespace in ambient mode has none (Istio: analyzers/sidecar/selector.go, analyzers/util/in_mesh.go). */
export const sidecarHasSidecars = defineObjectInMeshRule<{ id: string; namespace: string }>({
  code: 'MS5728',
  name: 'sidecar-has-sidecars',
  severity: 'warning',
  alias: 'IST0167',
  summary: ({ id, namespace }) => `${id} configures sidecars, but the namespace ${namespace} is in ambient mode`,
  why: 'In ambient mode pods have no sidecar, so the object has no effect: what it hides from its pods is open to them.',
  fix: 'Remove the Sidecar, or restrict calls by an AuthorizationPolicy.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report, mesh) {
    const labels = mesh.cluster.namespaces.get(object.namespace);
    if (labels !== undefined && isAmbient(labels)) report({ params: { id: titleOf(object), namespace: object.namespace }, pointer: '' });
  },
});

function isAmbient(labels: JsonObject): boolean {
  const injected = labels['istio-injection'] === 'enabled' || (typeof labels['istio.io/rev'] === 'string' && labels['istio.io/rev'] !== '');
  return !injected && labels['istio.io/dataplane-mode'] === 'ambient';
}
