import { type Intent, originOf } from '../../model/intent.ts';
import type { ServiceWords, TrainWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { memberOf } from './train-members.ts';

/** Who is called moves before who calls: a new consumer may need what only the new provider has. */
export const providersMoveFirst = defineRule({
  code: 'MS7215',
  name: 'providers-move-first',
  severity: 'warning',
  summary: ({ train, consumer, provider }: { train: string; consumer: string; provider: string }) =>
    `on the train ${train} ${consumer} moves before ${provider}, which it depends on`,
  why: 'For a while the new version of the one calls the old version of the other, which may lack what it asks for.',
  fix: 'Put the provider first in `order`, or leave `order` out.',
  since: '0.1.0',
  check({ intents }: IntentSubject, report) {
    for (const train of intents.filter(({ kind }) => kind === 'train')) {
      const { order = [] }: TrainWords = train.value;
      for (const [i, consumer] of order.entries()) {
        const member = memberOf(intents, consumer);
        const provider = order.slice(i + 1).find((later) => member !== undefined && dependsOn(member, memberOf(intents, later), later));
        if (provider !== undefined) report({ params: { train: train.name, consumer, provider }, at: originOf(train, `/order/${i}`).at });
      }
    }
  },
});

function dependsOn(consumer: Intent, provider: Intent | undefined, reference: string): boolean {
  const { dependsOn: calls = [] }: ServiceWords = consumer.value;
  return calls.includes(reference) || (provider !== undefined && calls.includes(provider.name));
}
