import { measureOf } from '../../model/gates.ts';
import { originOf } from '../../model/intent.ts';
import { isObject, objectOr } from '../../model/json.ts';
import { joinPointer } from '../../model/pointer.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A gate says what it measures, once. */
export const knownGateMeasure = defineRule({
  code: 'MS7207',
  name: 'known-gate-measure',
  severity: 'error',
  summary: ({ gate, said }: { gate: string; said: number }) =>
    said > 1 ? `the gate \`${gate}\` says twice what it measures` : `what the gate \`${gate}\` measures is not known`,
  why: 'Only the names `success-rate`, `latency-p99` (or another percentile), `request-volume` and `observed-share` say it by themselves.',
  fix: 'Write one of `measure: success-rate`, a `query` of your own, or `observedShare: true`.',
  since: '0.1.0',
  check({ environment }: IntentSubject, report) {
    for (const [gate, words] of Object.entries(objectOr(environment.value.gates))) {
      if (!isObject(words)) continue;
      const said = [words.query !== undefined, words.measure !== undefined, words.observedShare === true].filter(Boolean).length;
      if (said > 1 || measureOf(gate, words) === undefined)
        report({ params: { gate, said }, at: originOf(environment, joinPointer('/gates', gate), 'key').at });
    }
  },
});
