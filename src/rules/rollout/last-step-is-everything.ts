import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { percentOf, saidPlans } from './plans.ts';

/** A plan that stops short never finishes; that may be meant, for a comparison of two versions. */
export const lastStepIsEverything = defineRule({
  code: 'MS7204',
  name: 'last-step-is-everything',
  severity: 'warning',
  summary: ({ title, percent }: { title: string; percent: number }) => `${title} ends at ${percent} %, so it never finishes`,
  why: 'Only a canary that has all of the stable traffic becomes `stable`; until then both versions have to be kept.',
  fix: 'Add the step `100`. Where two versions shall stay side by side, say so: `allow: [{rule: last-step-is-everything, reason: …}]`.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { title, steps, at } of saidPlans(subject)) {
      const last = steps.at(-1);
      if (last !== undefined && percentOf(last) !== 100)
        report({ params: { title, percent: percentOf(last) }, at: at(`/steps/${steps.length - 1}`) });
    }
  },
});
