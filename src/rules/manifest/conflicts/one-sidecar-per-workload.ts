import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr, stableJson } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { sameObject } from './same-object.ts';
import { overlapInNamespaces, type Selecting } from './selectors.ts';

/** Of the Sidecars of a namespace that select a workload the oldest holds, and no two are merged (Istio: push_context.go initSidecarScopes, getSidecarScope). */
export const oneSidecarPerWorkload = defineMeshRule<{ id: string; other: string }>({
  code: 'MS5815',
  name: 'one-sidecar-per-workload',
  severity: 'error',
  alias: 'IST0110',
  summary: ({ id, other }) => `${id} and ${other} select the same workloads`,
  why: 'A workload has one Sidecar: the older of the two, and git does not know which is older. Nothing of the other counts for it.',
  fix: 'Write one Sidecar for these workloads, or select by labels that no workload has together.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(mesh, report) {
    const overlapIn = overlapInNamespaces(mesh.cluster);
    const known = new Map<string, (Selecting & { readonly object: MeshObject })[]>();
    for (const object of mesh.ofKind('Sidecar')) {
      const selector = objectOr(objectOr(object.spec.workloadSelector).labels);
      if (!object.wellFormed || Object.keys(selector).length === 0) continue;
      const overlap = overlapIn(object.namespace);
      const selecting = { object, selector, selectorKey: stableJson(selector) };
      const earlier = known.get(object.namespace) ?? [];
      const other = earlier.find((one) => !sameObject(one.object, object) && overlap(one, selecting))?.object;
      known.set(object.namespace, [...earlier, selecting]);
      if (other === undefined) continue;
      const related = [{ message: 'the other one', at: other.at('/workloadSelector/labels') }];
      report(object, { params: { id: titleOf(object), other: titleOf(other) }, pointer: '/workloadSelector/labels', related });
    }
  },
});
