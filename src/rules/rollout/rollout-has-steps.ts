import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { saidPlans } from './plans.ts';

/** A service that says something of its rollout means to have one, and so does a train. An environment may leave the steps to its services. */
export const rolloutHasSteps = defineRule({
  code: 'MS7201',
  name: 'rollout-has-steps',
  severity: 'error',
  summary: ({ title }: { title: string }) => `${title} has no \`steps\``,
  why: 'Without steps there is no plan, and nothing would move.',
  fix: 'Write `steps: [5, 25, 100]` here, or in the `rollout` of environment.yaml for all services.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { title, steps, at, intent } of saidPlans(subject))
      if (steps.length === 0 && intent !== undefined) report({ params: { title }, at: at('', 'key') });
  },
});
