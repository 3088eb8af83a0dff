import { guardrailsOf } from '../../model/guardrails.ts';
import { intentTitle, originOf } from '../../model/intent.ts';
import type { Pointer } from '../../model/pointer.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { habitPlaces } from './habits.ts';

/** What an environment forbids, nobody does in it. */
export const nothingForbidden = defineRule({
  code: 'MS7217',
  name: 'nothing-forbidden',
  severity: 'error',
  summary: ({ habit, title, environment }: { habit: string; title: string; environment: string }) =>
    `${title} has \`${habit}\`, which ${environment} forbids`,
  why: 'The guardrail is there so that it does not get here by way of a copy from another environment.',
  fix: 'Take it out here, with `null` where it is inherited, or change `guardrails: {forbid: …}`.',
  since: '0.1.0',
  check({ environment, intents }: IntentSubject, report) {
    for (const habit of guardrailsOf(environment).forbid) {
      const guard = originOf(environment, '/guardrails/forbid').at;
      const related = guard === undefined ? [] : [{ message: 'the guardrail', at: guard }];
      for (const intent of intents) {
        const params = { habit, title: intentTitle(intent), environment: environment.name };
        const place = (pointer: Pointer) => originOf(intent, pointer).at;
        for (const pointer of habitPlaces(habit, intent.value)) report({ params, at: place(pointer), related });
      }
    }
  },
});
