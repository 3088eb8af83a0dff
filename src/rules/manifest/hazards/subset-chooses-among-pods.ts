import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A subset without labels has all pods of the host (Kiali: KIA0209). That is the way to give a route a policy of its own, so it is told only
 * where the subset has no policy either and stands beside versions.
 */
export const subsetChoosesAmongPods = defineObjectRule<{ id: string; subset: string }>({
  code: 'MS5910',
  name: 'subset-chooses-among-pods',
  severity: 'warning',
  alias: 'KIA0209',
  summary: ({ id, subset }) => `the subset \`${subset}\` of ${id} has no labels, so it has the pods of every version`,
  why: 'Whoever is routed there gets any version, as without a subset.',
  fix: 'Write the labels that its pods have, such as `labels: {version: v2}`, or remove it.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    const subsets = listOr(object.spec.subsets);
    if (!subsets.some((subset) => isObject(subset) && hasLabels(subset))) return;
    for (const [i, subset] of subsets.entries()) {
      if (!isObject(subset) || hasLabels(subset) || subset.trafficPolicy !== undefined) continue;
      report({ params: { id: titleOf(object), subset: String(subset.name) }, pointer: `/subsets/${i}/name` });
    }
  },
});

function hasLabels({ labels }: JsonObject): boolean {
  return Object.keys(objectOr(labels)).length > 0;
}
