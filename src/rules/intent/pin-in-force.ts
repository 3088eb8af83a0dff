import { originOf } from '../../model/intent.ts';
import type { RoutingWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A pin past its `until` still holds in the mesh: dates never change bytes, they only ask for attention. */
export const pinInForce = defineRule({
  code: 'MS3001',
  name: 'pin-in-force',
  severity: 'warning',
  summary: ({ until, name }: { until: string; name: string }) => `this pin of ${name} was meant to end on ${until}`,
  why: 'The render keeps it until someone removes it, so those users still get their own version.',
  fix: 'Remove the pin, or give it a later `until`.',
  since: '0.1.0',
  check({ intents, today }: IntentSubject, report) {
    if (today === undefined) return;
    for (const intent of intents) {
      const { pins = [] }: RoutingWords = intent.value;
      for (const [index, { until }] of pins.entries()) {
        if (until !== undefined && until < today)
          report({ params: { until, name: intent.name }, at: originOf(intent, `/pins/${index}/until`).at });
      }
    }
  },
});
