import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { isPlaced } from '../../../mesh/known-namespace.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { audienceOf, isSeenFrom } from '../../../mesh/visibility.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { didYouMean, listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/**
 * A delegate must be there, have no hosts of its own, and be exported to the namespace of the VirtualService that delegates to it; else
 * Istio leaves the route out and says so in its log alone (pilot/pkg/model/virtualservice_controller.go mergeVirtualServices).
 */
export const delegateKnown = defineMeshRule<{ id: string; delegate: string; lack: string }>({
  code: 'MS5722',
  name: 'delegate-known',
  severity: 'error',
  summary: ({ id, delegate, lack }) => `a route of ${id} delegates to ${delegate}, ${lack}`,
  why: 'Istio leaves the route out without a word: its requests go to the routes behind it, or get 404.',
  fix: 'Name a VirtualService without `hosts`, in the same namespace where `namespace` is not said, and export it to the one that delegates.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(mesh, report) {
    const delegating = mesh.ofKind('VirtualService').filter((object) => object.wellFormed && delegates(object));
    if (delegating.length === 0) return;
    const named = new Map(mesh.shown('VirtualService').map((object) => [`${object.namespace}/${object.name}`, object]));
    const shown = virtualServicesBeside(mesh);
    const byName = new Map<string, MeshObject[]>();
    for (const one of named.values()) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
    const maybeMeant = (root: MeshObject, name: string) =>
      (byName.get(name) ?? []).some((one) => !isPlaced(one, mesh) || !isPlaced(root, mesh));
    for (const object of delegating) {
      for (const { route, pointer } of routesOf(object.spec, ['http'])) {
        const { delegate } = route;
        if (!isObject(delegate) || typeof delegate.name !== 'string') continue;
        const namespace = typeof delegate.namespace === 'string' && delegate.namespace !== '' ? delegate.namespace : object.namespace;
        const found = named.get(`${namespace}/${delegate.name}`);
        if (found === undefined && (!shown(object, namespace) || maybeMeant(object, delegate.name))) continue;
        const lack =
          found === undefined ? `but there is no VirtualService of that name in the namespace ${namespace}` : lackOf(mesh, found, object);
        if (lack === undefined) continue;
        const params = { id: titleOf(object), delegate: found === undefined ? `\`${delegate.name}\`` : titleOf(found), lack };
        const near = [...named.values()].filter((one) => one.namespace === namespace && isDelegate(one)).map(({ name }) => name);
        const related = found === undefined ? [] : [{ message: 'the delegate', at: found.atBody('/metadata/name') }];
        const hints = found === undefined ? didYouMean(delegate.name, near) : [];
        report(object, { params, pointer: `${pointer}/delegate/name`, related, hints });
      }
    }
  },
});

function delegates({ spec }: MeshObject): boolean {
  return listOr(spec.hosts).length > 0 && routesOf(spec, ['http']).some(({ route }) => route.delegate !== undefined);
}

/** Whether the input shows a VirtualService of a namespace besides this one, and so may be taken to show all of them. */
export function virtualServicesBeside(mesh: Mesh): (object: MeshObject, namespace: string) => boolean {
  const counts = new Map<string, number>();
  for (const { namespace } of mesh.shown('VirtualService')) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  return (object, namespace) => (counts.get(namespace) ?? 0) > (object.namespace === namespace ? 1 : 0);
}

function lackOf(mesh: Mesh, delegate: MeshObject, root: MeshObject): string | undefined {
  if (!isDelegate(delegate)) return 'which has hosts of its own and so is no delegate';
  const audience = audienceOf(listOr(delegate.spec.exportTo).map(String), delegate.namespace, mesh.environment.mesh.exportTo);
  if (audience === 'everyone' || isSeenFrom(audience, root.namespace)) return undefined;
  return `which is exported to ${audience.length === 0 ? 'nobody' : listWords(audience)} and not to ${root.namespace}`;
}

function isDelegate({ spec }: MeshObject): boolean {
  return listOr(spec.hosts).length === 0;
}
