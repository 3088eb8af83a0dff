import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { resolutionOf } from './entry-parts.ts';

/** Workloads are selected for a resolution that uses them (Istio: validation.go ValidateServiceEntry warns since 1.22). */
export const resolutionForSelectedWorkloads = defineObjectRule<{ id: string; written: boolean }>({
  code: 'MS5402',
  name: 'resolution-for-selected-workloads',
  severity: 'warning',
  summary: ({ id, written }) => `${id} selects workloads beside resolution NONE${written ? '' : ', which is the default'}`,
  why: 'With NONE a sidecar connects to the address that the caller chose, whichever workloads are selected.',
  fix: 'Write `resolution: STATIC`, or remove `workloadSelector`.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { workloadSelector, resolution } = object.spec;
    if (workloadSelector === undefined || resolutionOf(object.spec) !== 'NONE') return;
    report({ params: { id: titleOf(object), written: resolution !== undefined }, pointer: '/workloadSelector', part: 'key' });
  },
});
