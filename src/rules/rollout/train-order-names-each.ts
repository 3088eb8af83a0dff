import { originOf } from '../../model/intent.ts';
import { listWords } from '../../model/names.ts';
import type { TrainWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A train's order is an order of all its services. */
export const trainOrderNamesEach = defineRule({
  code: 'MS7214',
  name: 'train-order-names-each',
  severity: 'error',
  summary: ({ train, missing, strange }: { train: string; missing: readonly string[]; strange: readonly string[] }) =>
    `the order of the train ${train} ${[
      ...(missing.length === 0 ? [] : [`leaves out ${listWords(missing)}`]),
      ...(strange.length === 0 ? [] : [`names ${listWords(strange)}, which it does not move`]),
    ].join(' and ')}`,
  why: 'Who is left out would move at a time that nobody said.',
  fix: 'Name each of `services` once, or leave `order` out: providers then move before those that depend on them.',
  since: '0.1.0',
  check({ intents }: IntentSubject, report) {
    for (const train of intents.filter(({ kind }) => kind === 'train')) {
      const { services = {}, order }: TrainWords = train.value;
      if (order === undefined) continue;
      const missing = Object.keys(services).filter((service) => !order.includes(service));
      const strange = order.filter((service) => services[service] === undefined);
      if (missing.length + strange.length > 0)
        report({ params: { train: train.name, missing, strange }, at: originOf(train, '/order').at });
    }
  },
});
