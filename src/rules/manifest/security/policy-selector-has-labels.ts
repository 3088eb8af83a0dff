import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A selector names labels (Istio: validation.go validateWorkloadSelector warns). */
export const policySelectorHasLabels = defineObjectRule<{ id: string }>({
  code: 'MS5612',
  name: 'policy-selector-has-labels',
  severity: 'warning',
  summary: ({ id }) => `the \`selector\` of ${id} names no labels`,
  why: 'It selects every workload of the namespace, in the root namespace of the whole mesh, as if there were no selector.',
  fix: 'Write the labels of the workloads that are meant, or remove `selector` where all are.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy', 'PeerAuthentication'],
  check(object, report) {
    const { selector } = object.spec;
    if (isObject(selector) && Object.keys(objectOr(selector.matchLabels)).length === 0)
      report({ params: { id: titleOf(object) }, pointer: '/selector', part: 'key' });
  },
});
