import { originOf } from '../../model/intent.ts';
import { listOr, objectOr } from '../../model/json.ts';
import { didYouMean, listWords } from '../../model/names.ts';
import { forbiddenHabits, requiredWords } from '../../model/rollout.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A guardrail that is misspelt guards nothing. */
export const knownGuardrailWord = defineRule({
  code: 'MS7216',
  name: 'known-guardrail-word',
  severity: 'error',
  summary: ({ list, word, known }: { list: string; word: string; known: readonly string[] }) =>
    `\`${list}\` does not know \`${word}\`; it knows ${listWords(known)}`,
  why: 'What is not known can not be looked for, and would seem to be guarded.',
  fix: 'Use one of the words that are known.',
  since: '0.1.0',
  check({ environment }: IntentSubject, report) {
    const guardrails = objectOr(environment.value.guardrails);
    for (const [list, known] of [['forbid', forbiddenHabits] as const, ['require', requiredWords] as const]) {
      for (const [i, word] of listOr(guardrails[list]).map(String).entries()) {
        if (known.some((one) => one === word)) continue;
        report({ params: { list, word, known }, at: originOf(environment, `/guardrails/${list}/${i}`).at, hints: didYouMean(word, known) });
      }
    }
  },
});
