import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { sameObject } from './same-object.ts';

/** Of the Sidecars of a namespace that select nothing the oldest is the default (Istio: push_context.go initSidecarScopes; analyzers/sidecar/selector.go). */
export const oneDefaultSidecarPerNamespace = defineMeshRule<{ id: string; other: string; namespace: string }>({
  code: 'MS5816',
  name: 'one-default-sidecar-per-namespace',
  severity: 'error',
  alias: 'IST0111',
  summary: ({ id, other, namespace }) => `${id} and ${other} both hold for all workloads of ${namespace}`,
  why: 'A namespace has one Sidecar without labels to select: the older of the two, and git does not know which is older. The other has no effect.',
  fix: 'Write one of them, or give the other a `workloadSelector`.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(mesh, report) {
    const first = new Map<string, MeshObject>();
    for (const object of mesh.ofKind('Sidecar')) {
      const { spec, namespace, wellFormed } = object;
      if (!wellFormed || Object.keys(objectOr(objectOr(spec.workloadSelector).labels)).length > 0) continue;
      // In an ambient namespace no Sidecar has an effect, so none takes anything from another.
      if (mesh.cluster.namespaces.get(namespace)?.['istio.io/dataplane-mode'] === 'ambient') continue;
      const other = first.get(namespace);
      if (other === undefined) first.set(namespace, object);
      else if (!sameObject(other, object)) {
        const related = [{ message: 'the other one', at: other.atBody('/metadata/name') }];
        report(object, {
          params: { id: titleOf(object), other: titleOf(other), namespace },
          pointer: '/metadata/name',
          within: 'body',
          related,
        });
      }
    }
  },
});
