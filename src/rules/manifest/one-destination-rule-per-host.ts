import { qualifiedHost } from '../../istio/names.ts';
import { isObject, listOr, objectOr } from '../../model/json.ts';
import { type Manifest, manifestId, originAt } from '../../model/manifest.ts';
import { defineRule } from '../rule.ts';
import type { ManifestSubject } from '../subjects.ts';

/**
 * Istio merges the DestinationRules of one host and namespace in the order of their creation: subsets add up, but of two policies,
 * or two subsets of one name, the older wins (destination_rule.go mergeDestinationRule). Git does not know which is older.
 */
export const oneDestinationRulePerHost = defineRule({
  code: 'MS5003',
  name: 'one-destination-rule-per-host',
  severity: 'error',
  alias: 'KIA0201',
  summary: ({ id, other, host, both }: { id: string; other: string; host: string; both: string }) =>
    `${id} and ${other} both set ${both} for ${host}`,
  why: 'Istio merges the two and takes what both say from the older one; which is older, git does not know.',
  fix: 'Say everything about a host in one intent.',
  since: '0.1.0',
  check({ environment, manifests }: ManifestSubject, report) {
    const said = new Map<string, Manifest>();
    for (const manifest of manifests.filter(({ kind }) => kind === 'DestinationRule')) {
      const spec = objectOr(manifest.body.spec);
      if (spec.workloadSelector !== undefined) continue;
      const host = qualifiedHost(String(spec.host), manifest.namespace, environment.clusterDomain);
      for (const { both, pointer } of statements(spec)) {
        const key = `${manifest.namespace ?? ''} ${host} ${both}`;
        const other = said.get(key);
        if (other === undefined) said.set(key, manifest);
        else if (other !== manifest && manifestId(other) !== manifestId(manifest)) {
          const place = other.owner.origin.at;
          const related = place === undefined ? [] : [{ message: 'the other one comes from here', at: place }];
          const at = originAt(manifest.provenance, `/spec${pointer}`)?.at ?? manifest.owner.origin.at;
          report({ params: { id: manifestId(manifest), other: manifestId(other), host, both }, at, related });
        }
      }
    }
  },
});

function statements(spec: ReturnType<typeof objectOr>): readonly { readonly both: string; readonly pointer: string }[] {
  const subsets = listOr(spec.subsets).flatMap((subset, i) =>
    isObject(subset) ? [{ both: `the subset \`${String(subset.name)}\``, pointer: `/subsets/${i}/name` }] : [],
  );
  return spec.trafficPolicy === undefined ? subsets : [{ both: 'a `trafficPolicy`', pointer: '/trafficPolicy' }, ...subsets];
}
