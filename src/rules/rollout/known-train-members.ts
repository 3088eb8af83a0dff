import { originOf } from '../../model/intent.ts';
import { didYouMean } from '../../model/names.ts';
import { joinPointer } from '../../model/pointer.ts';
import type { TrainWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { memberOf } from './train-members.ts';

/** A train moves services that are there, and that have something to move from. */
export const knownTrainMembers = defineRule({
  code: 'MS7213',
  name: 'known-train-members',
  severity: 'error',
  summary: ({ train, service, isThere }: { train: string; service: string; isThere: boolean }) =>
    isThere
      ? `${service} of the train ${train} has no \`stable\` version to move from`
      : `the train ${train} moves ${service}, which is no service here`,
  why: 'All of a train move by one plan, and back as one; one that can not move would stop them all.',
  fix: 'Name a service of this environment that has `stable`, or take it off the train.',
  since: '0.1.0',
  check({ intents }: IntentSubject, report) {
    const names = intents.filter(({ kind }) => kind === 'service').map(({ name }) => name);
    for (const train of intents.filter(({ kind }) => kind === 'train')) {
      const { services = {} }: TrainWords = train.value;
      for (const service of Object.keys(services)) {
        const member = memberOf(intents, service);
        if (member?.value.stable !== undefined) continue;
        const isThere = member !== undefined;
        const at = originOf(train, joinPointer('/services', service), 'key').at;
        report({ params: { train: train.name, service, isThere }, at, hints: isThere ? [] : didYouMean(service, names) });
      }
    }
  },
});
