import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** In the mesh's root namespace a Sidecar is the default of all namespaces, unless it selects pods (kiali: sidecars/global_checker.go; pilot/pkg/model/push_context.go). */
export const rootSidecarWithoutSelector = defineObjectRule<{ id: string; namespace: string }>({
  code: 'MS5503',
  name: 'root-sidecar-without-selector',
  severity: 'warning',
  alias: 'KIA1006',
  summary: ({ id, namespace }) => `${id} selects pods, so it applies to pods of ${namespace} alone, not to the mesh`,
  why: 'A Sidecar of the root namespace is the default of every namespace only without a `workloadSelector`.',
  fix: 'Leave `workloadSelector` out to set the default of the mesh; to select pods of another namespace, put the Sidecar there.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report, { environment }) {
    const { namespace, spec } = object;
    if (namespace !== environment.mesh.rootNamespace) return;
    if (Object.keys(objectOr(objectOr(spec.workloadSelector).labels)).length === 0) return;
    report({ params: { id: titleOf(object), namespace }, pointer: '/workloadSelector' });
  },
});
