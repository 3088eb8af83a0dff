import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A workload selector selects by labels (Istio: validation.go validateWorkloadSelector). */
export const selectorHasLabels = defineObjectRule<{ id: string }>({
  code: 'MS5219',
  name: 'selector-has-labels',
  severity: 'warning',
  summary: ({ id }) => `the workload selector of ${id} has no labels`,
  why: 'It selects every workload of the namespace, as if it were not there, and yet keeps the rule from being merged or exported.',
  fix: 'Add labels under `matchLabels`, or remove `workloadSelector`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 14 },
  check(object, report) {
    const { workloadSelector } = object.spec;
    if (!isObject(workloadSelector) || Object.keys(objectOr(workloadSelector.matchLabels)).length > 0) return;
    report({ params: { id: titleOf(object) }, pointer: '/workloadSelector', part: 'key' });
  },
});
