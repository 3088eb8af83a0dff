import { sameJson } from '../../model/json.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { percentOf, saidPlans } from './plans.ts';

/** Steps of 0 percent are told apart by what they mirror. */
export const zeroStepsDiffer = defineRule({
  code: 'MS7203',
  name: 'zero-steps-differ',
  severity: 'error',
  summary: ({ title, step }: { title: string; step: number }) => `step ${step} of ${title} does the same as the one before it`,
  why: 'A rollout finds its place in the plan by what is merged, and could not tell these two apart.',
  fix: 'Let each step of 0 percent mirror another share, or join them into one with a longer `soak`.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { title, steps, at } of saidPlans(subject)) {
      for (const [i, step] of steps.entries()) {
        const twin = steps.slice(0, i).find((other) => percentOf(other) === 0 && sameJson(other.mirror ?? 0, step.mirror ?? 0));
        if (percentOf(step) === 0 && twin !== undefined) report({ params: { title, step: i + 1 }, at: at(`/steps/${i}`) });
      }
    }
  },
});
