import type { KnownHost } from '../../../mesh/known-hosts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten, type MeshObject } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { homesOf, ownersOf } from './each-destination.ts';
import { gatewayPodsShown } from './gateway-pods.ts';
import { counted, countUnchecked, inNamespaces, type Unchecked, type UncheckedParams } from './unchecked.ts';
import { selectingKinds, workloadSelectorOf } from './workload-selectors.ts';

/** Whether a selector or the labels of a subset select anything can be told where the input shows workloads of the namespace; of the others one note says that it was not. */
export const workloadsCanBeChecked = defineMeshRule<UncheckedParams & { readonly subsets: number }>({
  code: 'MS5793',
  name: 'workloads-can-be-checked',
  severity: 'info',
  summary: ({ count, subsets, namespaces }) =>
    `${wordsFor(count - subsets, subsets)}${inNamespaces(namespaces)} could not be checked: no workload ${namespaces.length === 0 ? 'that could be meant' : 'from there'} is in the input`,
  why: 'An object that selects no pod holds for nobody. Without the workloads nobody can tell before it is applied.',
  fix: 'Show the Deployments, too: as another path of `check --manifests`; for intents: in a folder under `registry:` of the environment.',
  since: '0.1.0',
  reads: [...selectingKinds, 'Gateway'],
  check(mesh, report) {
    const subsets = unknownSubsets(mesh);
    const note = countUnchecked([...unknownSelectors(mesh), ...unknownGatewayPods(mesh), ...subsets]);
    if (note === undefined) return;
    report(note.first.object, { params: { ...note.params, subsets: subsets.length }, pointer: note.first.pointer });
  },
});

function wordsFor(selectors: number, subsets: number): string {
  const words = [...(selectors === 0 ? [] : [counted(selectors, 'selector')]), ...(subsets === 0 ? [] : [counted(subsets, 'subset')])];
  return listWords(words);
}

/** Of hosts whose endpoints are pods of a namespace of which the input shows no workload. */
function unknownSubsets(mesh: Mesh): readonly Unchecked[] {
  return mesh.ofKind('DestinationRule').flatMap((object): readonly Unchecked[] => {
    const written = String(object.spec.host);
    const subsets = listOr(object.spec.subsets);
    if (!isAsked(object) || subsets.length === 0 || written.startsWith('*')) return [];
    const owners = ownersOf(mesh, written, object.namespace);
    if (!owners.every(hasPods)) return [];
    const namespace = homesOf(mesh, mesh.hosts.qualified(written, object.namespace), owners).find(
      (home) => !mesh.cluster.knows('workloads', home),
    );
    if (namespace === undefined) return [];
    return subsets.map((_, i) => ({ object, pointer: `/subsets/${i}`, what: `${whatOf(object)} subset ${i}`, namespace }));
  });
}

function hasPods({ from, service, selector }: KnownHost): boolean {
  return from === 'ServiceEntry' ? selector !== undefined : from === 'Service' && service?.externalName === undefined;
}

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
