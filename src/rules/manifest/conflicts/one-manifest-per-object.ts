import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { sameJson } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/**
 * To the cluster two manifests of one kind, namespace and name are one object: whichever is applied last stands. A rendered environment
 * has no two (`one-object-per-name`), so this is about manifests that are checked by themselves. Copies that say the same do no harm.
 */
export const oneManifestPerObject = defineMeshRule<{ id: string }>({
  code: 'MS5800',
  name: 'one-manifest-per-object',
  severity: 'error',
  summary: ({ id }) => `two manifests say different things of ${id}`,
  why: 'They are one object to the cluster: the one that is applied last replaces the other.',
  fix: 'Keep one of them, or give the other its own name; check the folders of different environments one by one.',
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    const rendered = mesh.environment.chain.length > 0;
    if (rendered) return;
    const first = new Map<string, MeshObject>();
    for (const object of mesh.objects) {
      const key = `${object.kind} ${object.namespace}/${object.name}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, object);
      else if (!sameJson(other.spec, object.spec))
        report(object, {
          params: { id: titleOf(object) },
          pointer: '/metadata/name',
          within: 'body',
          related: [{ message: 'the other one', at: other.atBody('/metadata/name') }],
        });
    }
  },
});
