import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr, sameJson, stableJson } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { sameObject } from './same-object.ts';
import { overlapInNamespaces, type Selecting } from './selectors.ts';

/**
 * Workload over namespace over mesh, and within one of these levels the oldest PeerAuthentication (Istio: authentication.go
 * addPeerAuthentication, authn/policy_applier.go ComposePeerAuthentication). Nothing of the others counts.
 */
export const onePeerAuthenticationPerWorkload = defineMeshRule<{ id: string; other: string; where: string }>({
  code: 'MS5817',
  name: 'one-peer-authentication-per-workload',
  severity: 'error',
  summary: ({ id, other, where }) => `${id} and ${other} say different things for ${where}`,
  why: 'The older one holds and the other has no effect; which is older, git does not know, so nobody can tell whether plain text is refused.',
  fix: 'Write one PeerAuthentication for them; a narrower selector does not win over a wider one.',
  since: '0.1.0',
  reads: ['PeerAuthentication'],
  check(mesh, report) {
    const overlapIn = overlapInNamespaces(mesh.cluster);
    const { rootNamespace } = mesh.environment.mesh;
    const known = new Map<string, (Selecting & { readonly object: MeshObject })[]>();
    for (const object of mesh.ofKind('PeerAuthentication')) {
      const { namespace, spec, wellFormed } = object;
      const selector = objectOr(objectOr(spec.selector).matchLabels);
      if (!wellFormed) continue;
      const overlap = overlapIn(namespace);
      const selecting = { object, selector, selectorKey: stableJson(selector) };
      const all = Object.keys(selector).length === 0;
      const key = `${namespace} ${all ? 'all' : 'some'}`;
      const earlier = known.get(key) ?? [];
      const other = earlier.find((one) => !sameObject(one.object, object) && overlap(one, selecting) && differ(one.object, object))?.object;
      known.set(key, [...earlier, selecting]);
      if (other === undefined) continue;
      const where = !all ? 'the same workloads' : namespace === rootNamespace ? 'the whole mesh' : `the namespace ${namespace}`;
      const place = all ? { pointer: '/metadata/name', within: 'body' as const } : { pointer: '/selector' };
      const related = [{ message: 'the other one', at: all ? other.atBody('/metadata/name') : other.at('/selector') }];
      report(object, { params: { id: titleOf(object), other: titleOf(other), where }, ...place, related });
    }
  },
});

function differ(a: MeshObject, b: MeshObject): boolean {
  return !sameJson(a.spec.mtls, b.spec.mtls) || !sameJson(a.spec.portLevelMtls, b.spec.portLevelMtls);
}
