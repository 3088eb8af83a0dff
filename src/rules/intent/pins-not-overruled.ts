import { originOf } from '../../model/intent.ts';
import { listWords } from '../../model/names.ts';
import type { PinWords, RoutingWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A route with an answer of its own does not inherit, so pins do not hold on it. */
export const pinsNotOverruled = defineRule({
  code: 'MS3002',
  name: 'pins-not-overruled',
  severity: 'info',
  summary: ({ pins }: { pins: readonly string[] }) =>
    `pins do not hold on this route: ${listWords(pins)} get${pins.length === 1 ? 's' : ''} the same answer as everyone else here`,
  why: 'A route with `to`, `redirect` or `directResponse` says itself where its requests go.',
  fix: 'Leave `to` out where pins and percentages should hold, or keep it as it is if this is meant.',
  since: '0.1.0',
  check({ intents }: IntentSubject, report) {
    for (const intent of intents) {
      const { pins = [], routes = [] }: RoutingWords = intent.value;
      if (pins.length === 0) continue;
      for (const [index, route] of routes.entries()) {
        const word = (['to', 'redirect', 'directResponse'] as const).find((candidate) => route[candidate] !== undefined);
        if (word !== undefined)
          report({ params: { pins: pins.flatMap(pinTitle) }, at: originOf(intent, `/routes/${index}/${word}`, 'key').at });
      }
    }
  },
});

function pinTitle(pin: PinWords): readonly string[] {
  return pin.users ?? [`the pin to ${pin.version}`];
}
