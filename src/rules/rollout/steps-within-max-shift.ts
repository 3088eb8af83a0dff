import { guardrailsOf } from '../../model/guardrails.ts';
import { originOf } from '../../model/intent.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { percentOf, saidPlans } from './plans.ts';

/** A plan that its environment would refuse half-way is refused before it begins. */
export const stepsWithinMaxShift = defineRule({
  code: 'MS7210',
  name: 'steps-within-max-shift',
  severity: 'error',
  summary: ({ title, step, from, to, most }: { title: string; step: number; from: number; to: number; most: number }) =>
    `step ${step} of ${title}, from ${from} % to ${to} %, moves more than the ${most} % that one pull request may move here`,
  why: 'The guardrail `maxShift` would stop the rollout at this step, after all the others.',
  fix: 'Put a step between them, or raise `guardrails: {maxShift: …}`.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    const { environment } = subject;
    const { maxShift: most } = guardrailsOf(environment);
    if (most === undefined) return;
    const limit = originOf(environment, '/guardrails/maxShift').at;
    const related = limit === undefined ? [] : [{ message: 'the guardrail', at: limit }];
    for (const { title, steps, at } of saidPlans(subject)) {
      for (const [i, step] of steps.entries()) {
        const previous = steps[i - 1];
        const [from, to] = [previous === undefined ? 0 : percentOf(previous), percentOf(step)];
        if (to - from > most) report({ params: { title, step: i + 1, from, to, most }, at: at(`/steps/${i}`), related });
      }
    }
  },
});
