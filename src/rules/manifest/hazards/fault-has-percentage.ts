import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { faultsOf } from './faults.ts';

/** A fault without a percentage is one of 0 % (Istio: route.go TranslateFault, translatePercentToFractionalPercent). */
export const faultHasPercentage = defineObjectRule<{ id: string; kind: string }>({
  code: 'MS5900',
  name: 'fault-has-percentage',
  severity: 'warning',
  summary: ({ id, kind }) => `the \`${kind}\` of a fault of ${id} has no \`percentage\`, so it is never injected`,
  why: 'Istio takes a missing percentage for 0, so whoever tests with this fault sees that all is well.',
  fix: 'Write `percentage: {value: 100}`, or remove the fault.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { kind, percent, pointer } of faultsOf(object.spec)) {
      if (percent === undefined) report({ params: { id: titleOf(object), kind }, pointer, part: 'key' });
    }
  },
});
