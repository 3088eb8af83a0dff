import type { Environment } from '../../model/environment.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import { type Intent, originOf } from '../../model/intent.ts';
import { objectOr } from '../../model/json.ts';
import type { RequiredWord } from '../../model/rollout.ts';
import { rolloutPlanOf } from '../../model/rollout-plan.ts';
import { speaksHttp } from '../intent/sticky-on-http.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** What an environment requires, every service says, or has from its defaults. */
export const requiredWordsSaid = defineRule({
  code: 'MS7218',
  name: 'required-words-said',
  severity: 'error',
  summary: ({ word, name, environment }: { word: string; name: string; environment: string }) =>
    `${name} has no \`${word}\`, which ${environment} requires of every service`,
  why: 'The guardrail is there so that no service gets here without it.',
  fix: 'Say it in the service, or for all of them in `defaults: {service: …}`.',
  since: '0.1.0',
  check({ environment, intents }: IntentSubject, report) {
    for (const word of guardrailsOf(environment).require) {
      const guard = originOf(environment, '/guardrails/require').at;
      const related = guard === undefined ? [] : [{ message: 'the guardrail', at: guard }];
      for (const intent of intents.filter(({ kind }) => kind === 'service')) {
        if (says(environment, intent, word)) continue;
        const params = { word, name: intent.name, environment: environment.name };
        report({ params, at: originOf(intent, '/service').at, related });
      }
    }
  },
});

function says(environment: Environment, intent: Intent, word: RequiredWord): boolean {
  if (word === 'rollout') return rolloutPlanOf({ environment }, intent) !== undefined;
  const value = intent.value[word];
  if (value === undefined || value === null) return carriesNone(intent, word);
  return word !== 'versions' || Object.keys(objectOr(value)).length > 0;
}

/** Of a service without an http port no timeout and no retries can be asked. */
function carriesNone({ value }: Intent, word: RequiredWord): boolean {
  return (word === 'timeout' || word === 'retries') && !speaksHttp(value);
}
