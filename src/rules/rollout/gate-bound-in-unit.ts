import { measureOf } from '../../model/gates.ts';
import { originOf } from '../../model/intent.ts';
import { isObject, type Json, objectOr } from '../../model/json.ts';
import { joinPointer } from '../../model/pointer.ts';
import type { GateMeasure } from '../../model/rollout.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** Latencies are bounded by durations, success rates by percentages, volumes by numbers. */
export const gateBoundInUnit = defineRule({
  code: 'MS7209',
  name: 'gate-bound-in-unit',
  severity: 'error',
  summary: ({ gate, bound, expected }: { gate: string; bound: string; expected: string }) =>
    `\`${bound}\` of the gate \`${gate}\` has to be ${expected}`,
  why: 'A bound in another unit is always met, or never.',
  fix: 'Write `max: 400ms` for a latency, `min: 99` for a success rate of 99 %, `min: 5` for five requests per second.',
  since: '0.1.0',
  check({ environment }: IntentSubject, report) {
    for (const [gate, words] of Object.entries(objectOr(environment.value.gates))) {
      const measure = isObject(words) ? measureOf(gate, words) : undefined;
      if (!isObject(words) || measure === undefined) continue;
      for (const bound of ['min', 'max', 'tolerance'] as const) {
        const expected = expectedOf(words[bound], measure, bound === 'tolerance' || words.compare === 'stable');
        if (expected !== undefined)
          report({ params: { gate, bound, expected }, at: originOf(environment, `${joinPointer('/gates', gate)}/${bound}`).at });
      }
    }
  },
});

/** What a bound would have to be instead; undefined where it is fine. A difference may have any sign and size. */
function expectedOf(bound: Json | undefined, { kind }: GateMeasure, isDifference: boolean): string | undefined {
  if (bound === undefined || bound === null || kind === 'query') return undefined;
  if (kind === 'latency') return typeof bound === 'string' ? undefined : 'a duration, such as `400ms`';
  if (typeof bound !== 'number') return 'a number';
  const isPercent = kind === 'success-rate' || kind === 'observed-share';
  return isPercent && !isDifference && (bound < 0 || bound > 100) ? 'a percentage, 0 to 100' : undefined;
}
