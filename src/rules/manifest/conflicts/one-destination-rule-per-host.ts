import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/**
 * Istio merges the DestinationRules of one host and namespace in the order of their creation: subsets add up, but of two policies,
 * or two subsets of one name, the older wins (destination_rule.go mergeDestinationRule). Git does not know which is older.
 */
export const oneDestinationRulePerHost = defineMeshRule<{ id: string; other: string; host: string; both: string }>({
  code: 'MS5003',
  name: 'one-destination-rule-per-host',
  severity: 'error',
  alias: 'KIA0201',
  summary: ({ id, other, host, both }) => `${id} and ${other} both set ${both} for ${host}`,
  why: 'Istio merges the two and takes what both say from the older one; which is older, git does not know.',
  fix: 'Say everything about a host in one intent.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(mesh, report) {
    const said = new Map<string, MeshObject>();
    for (const object of mesh.ofKind('DestinationRule')) {
      const { spec, namespace } = object;
      if (spec.workloadSelector !== undefined) continue;
      const host = mesh.hosts.qualified(String(spec.host), namespace);
      for (const { both, pointer } of statements(spec)) {
        const key = `${namespace} ${host} ${both}`;
        const other = said.get(key);
        if (other === undefined) said.set(key, object);
        else if (other !== object && other.name !== object.name) {
          const related = [{ message: 'the other one comes from here', at: other.manifest.owner.origin.at }];
          report(object, { params: { id: titleOf(object), other: titleOf(other), host, both }, pointer, related });
        }
      }
    }
  },
});

function statements(spec: JsonObject): readonly { readonly both: string; readonly pointer: string }[] {
  const subsets = listOr(spec.subsets).flatMap((subset, i) =>
    isObject(subset) ? [{ both: `the subset \`${String(subset.name)}\``, pointer: `/subsets/${i}/name` }] : [],
  );
  return spec.trafficPolicy === undefined ? subsets : [{ both: 'a `trafficPolicy`', pointer: '/trafficPolicy' }, ...subsets];
}
