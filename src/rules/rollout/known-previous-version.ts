import { originOf } from '../../model/intent.ts';
import { didYouMean, listWords } from '../../model/names.ts';
import type { RoutingWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** What a rollback after the finish would go back to is still there, and is another version. */
export const knownPreviousVersion = defineRule({
  code: 'MS7212',
  name: 'known-previous-version',
  severity: 'error',
  summary: ({ previous, name, known, isStable }: { previous: string; name: string; known: readonly string[]; isStable: boolean }) =>
    isStable
      ? `\`${previous}\` is both stable and previous version of ${name}`
      : `\`previous: ${previous}\` is no version of ${name}; it has ${known.length === 0 ? 'none' : listWords(known)}`,
  why: '`rollout rollback` goes back to it, and would send everyone to nothing, or to where they are.',
  fix: 'Keep the version in `versions` until it retires, or remove `previous`.',
  since: '0.1.0',
  check({ intents }: IntentSubject, report) {
    for (const intent of intents) {
      const { previous, stable, versions = {} }: RoutingWords = intent.value;
      if (previous === undefined) continue;
      const known = Object.keys(versions);
      const isStable = previous === stable;
      if (known.includes(previous) && !isStable) continue;
      const hints = isStable ? [] : didYouMean(previous, known);
      report({ params: { previous, name: intent.name, known, isStable }, at: originOf(intent, '/previous').at, hints });
    }
  },
});
