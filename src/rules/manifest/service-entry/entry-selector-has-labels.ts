import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A selector names labels (Istio: validation.go ValidateServiceEntry warns since 1.16). */
export const entrySelectorHasLabels = defineObjectRule<{ id: string }>({
  code: 'MS5421',
  name: 'entry-selector-has-labels',
  severity: 'warning',
  summary: ({ id }) => `the \`workloadSelector\` of ${id} names no labels`,
  why: 'It selects every pod and every WorkloadEntry of the namespace, and all of them get requests for this host.',
  fix: 'Write the labels of the workloads that serve the host.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { workloadSelector } = object.spec;
    if (isObject(workloadSelector) && Object.keys(objectOr(workloadSelector.labels)).length === 0)
      report({ params: { id: titleOf(object) }, pointer: '/workloadSelector', part: 'key' });
  },
});
