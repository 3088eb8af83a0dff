import { isPlaced } from '../../../mesh/known-namespace.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { writtenLabels } from '../../../mesh/workloads.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { labelWords } from './empty-subsets.ts';
import { selectingKinds, workloadSelectorOf } from './workload-selectors.ts';

/**
 * An object that selects workloads must select some of its namespace (Istio: analyzers/authz, IST0127, and analyzers/sidecar/selector.go,
 * IST0101; Kiali's KIA0004). Those of the root namespace hold for all namespaces, which no input shows whole. Labels that only running pods
 * have are not asked for.
 */
export const selectorSelectsWorkloads = defineObjectInMeshRule<{ id: string; labels: string; namespace: string }>({
  code: 'MS5724',
  name: 'selector-selects-workloads',
  severity: 'warning',
  alias: 'IST0127',
  summary: ({ id, labels, namespace }) => `${id} selects by \`${labels}\`, and no workload of the namespace ${namespace} has these labels`,
  why: 'It holds for nobody: what it allows, denies or changes does not happen.',
  fix: "Write labels of the pods' template. A selector looks in its own namespace only.",
  since: '0.1.0',
  reads: selectingKinds,
  check(object, report, mesh) {
    const selector = workloadSelectorOf(object);
    const { namespace } = object;
    if (selector === undefined || namespace === mesh.environment.mesh.rootNamespace || !mesh.cluster.knows('workloads', namespace)) return;
    const inNamespace = isPlaced(object, mesh) ? namespace : undefined;
    if (mesh.cluster.selected(writtenLabels(selector.labels), inNamespace).length > 0) return;
    report({ params: { id: titleOf(object), labels: labelWords(selector.labels), namespace }, pointer: selector.pointer });
  },
});
