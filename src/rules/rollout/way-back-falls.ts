import { listOr } from '../../model/json.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { saidPlans } from './plans.ts';

/** The way back goes down, and all the way. */
export const wayBackFalls = defineRule({
  code: 'MS7205',
  name: 'way-back-falls',
  severity: 'error',
  summary: ({ title, back }: { title: string; back: readonly number[] }) =>
    `the way back of ${title}, ${back.join(', ')}, does not fall to 0`,
  why: 'Each pull request of a rollback has to leave fewer requests at the failing version, and the last one none.',
  fix: 'Write falling shares with 0 last, such as `back: [50, 10, 0]`; without `back` a rollback goes to 0 at once.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { title, words, at } of saidPlans(subject)) {
      if (words.back === undefined) continue;
      const back = listOr(words.back).filter((percent) => typeof percent === 'number');
      const falls = back.every((percent, i) => i === 0 || percent < (back[i - 1] ?? 0));
      if (!falls || back.at(-1) !== 0) report({ params: { title, back }, at: at('/back') });
    }
  },
});
