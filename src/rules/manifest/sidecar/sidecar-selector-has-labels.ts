import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A `workloadSelector` that is written has labels; without any it selects the whole namespace (Istio: validation.go ValidateSidecar). */
export const sidecarSelectorHasLabels = defineObjectRule<{ id: string; namespace: string }>({
  code: 'MS5502',
  name: 'sidecar-selector-has-labels',
  severity: 'warning',
  summary: ({ id, namespace }) => `the workloadSelector of ${id} has no labels, so the Sidecar applies to all pods of ${namespace}`,
  why: 'Istio takes it as the Sidecar of the whole namespace, of which there can be only one; perhaps the labels were forgotten.',
  fix: 'Write the labels of the pods, or leave `workloadSelector` out where the whole namespace is meant.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    const { workloadSelector } = object.spec;
    if (!isObject(workloadSelector) || Object.keys(objectOr(workloadSelector.labels)).length > 0) return;
    report({ params: { id: titleOf(object), namespace: object.namespace }, pointer: '/workloadSelector', part: 'key' });
  },
});
