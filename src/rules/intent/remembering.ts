import { type Intent, originOf } from '../../model/intent.ts';
import { stickyCookie } from '../../model/rollout-plan.ts';
import type { Address } from '../../model/source.ts';
import type { RoutingWords, StickyWords } from '../../model/words.ts';
import type { IntentSubject } from '../subjects.ts';

/** A service or external whose canary remembers its users. */
export interface Remembering {
  readonly intent: Intent;
  readonly words: RoutingWords;
  readonly sticky: StickyWords;
  readonly cookie: string;
  /** Whether there is anybody to remember now: at 0 and at 100 percent all go the same way. */
  readonly isDrawn: boolean;
  readonly at: Address | undefined;
}

export function rememberingOf({ intents }: IntentSubject): readonly Remembering[] {
  return intents.flatMap((intent): readonly Remembering[] => {
    if (intent.kind !== 'service' && intent.kind !== 'external') return [];
    const words: RoutingWords = intent.value;
    const { sticky, percent = 0 } = words.canary ?? {};
    if (sticky === undefined) return [];
    const cookie = sticky.cookie ?? stickyCookie(intent.name);
    const isDrawn = percent > 0 && percent < 100;
    return [{ intent, words, sticky, cookie, isDrawn, at: originOf(intent, '/canary/sticky', 'key').at }];
  });
}
