import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten, type MeshObject } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { gatewayPodsShown } from './gateway-pods.ts';
import { counted, countUnchecked, inNamespaces, type Unchecked, type UncheckedParams } from './unchecked.ts';
import { selectingKinds, workloadSelectorOf } from './workload-selectors.ts';

/** Whether a selector selects anything can be told where the input shows workloads of its namespace; of the others one note says that it was not. */
export const workloadsCanBeChecked = defineMeshRule<UncheckedParams>({
  code: 'MS5793',
  name: 'workloads-can-be-checked',
  severity: 'info',
  summary: ({ count, namespaces }) =>
    `${counted(count, 'selector')}${inNamespaces(namespaces)} could not be checked: no workload ${namespaces.length === 0 ? 'that could be meant' : 'from there'} is in the input`,
  why: 'An object that selects no pod holds for nobody. Without the workloads nobody can tell before it is applied.',
  fix: 'Show the Deployments, too: as another path of `check --manifests`, or in a folder under `registry:` of the environment.',
  since: '0.1.0',
  reads: [...selectingKinds, 'Gateway'],
  check(mesh, report) {
    const note = countUnchecked([...unknownSelectors(mesh), ...unknownGatewayPods(mesh)]);
    if (note !== undefined) report(note.first.object, { params: note.params, pointer: note.first.pointer });
  },
});

function unknownSelectors(mesh: Mesh): readonly Unchecked[] {
  return selectingKinds.flatMap((kind) =>
    mesh.ofKind(kind).flatMap((object): readonly Unchecked[] => {
      const selector = isAsked(object) ? workloadSelectorOf(object) : undefined;
      const { namespace } = object;
      if (selector === undefined || mesh.cluster.knows('workloads', namespace)) return [];
      return [{ object, pointer: selector.pointer, what: whatOf(object), namespace }];
    }),
  );
}

/** Pods of a gateway may run in any namespace. */
function unknownGatewayPods(mesh: Mesh): readonly Unchecked[] {
  if (gatewayPodsShown(mesh).length > 0) return [];
  return mesh.ofKind('Gateway').flatMap((object): readonly Unchecked[] => {
    const selector = objectOr(object.spec.selector);
    if (!isAsked(object) || Object.keys(selector).length === 0 || mesh.cluster.selected(selector).length > 0) return [];
    return [{ object, pointer: '/selector', what: whatOf(object), namespace: '' }];
  });
}

function isAsked({ wellFormed, manifest }: MeshObject): boolean {
  return wellFormed && isHandWritten(manifest);
}

function whatOf({ kind, namespace, name }: MeshObject): string {
  return `${kind} ${namespace}/${name}`;
}
