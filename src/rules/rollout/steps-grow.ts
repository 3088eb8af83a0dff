import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { percentOf, saidPlans } from './plans.ts';

/** Each step gives the canary more than the one before; those that give it nothing, and only mirror or pin, come first. */
export const stepsGrow = defineRule({
  code: 'MS7202',
  name: 'steps-grow',
  severity: 'error',
  summary: ({ title, step, percent, before }: { title: string; step: number; percent: number; before: number }) =>
    `step ${step} of ${title} gives the canary ${percent} %, the one before it ${before} %`,
  why: 'A rollout finds its place in the plan by the percentage that is merged; with one that stands twice, or after a greater one, it could go round in circles.',
  fix: 'Write the steps in growing order, those of 0 percent first. The way back is `back: [50, 0]`.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { title, steps, at } of saidPlans(subject)) {
      for (const [i, step] of steps.entries()) {
        const previous = steps[i - 1];
        const [percent, before] = [percentOf(step), previous === undefined ? -1 : percentOf(previous)];
        if (percent < before || (percent === before && percent > 0))
          report({ params: { title, step: i + 1, percent, before }, at: at(`/steps/${i}/percent`) });
      }
    }
  },
});
