import { originOf } from '../../model/intent.ts';
import { serviceWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** Argo Rollouts, traffic management with Istio, subset level: a route has exactly a stable and a canary destination. */
export const twoVersionsToShiftBetween = defineRule({
  code: 'MS3101',
  name: 'two-versions-to-shift-between',
  severity: 'error',
  summary: ({ name, versions }: { name: string; versions: number }) =>
    versions === 2
      ? `${name} does not say which of its versions is \`stable\`, so Argo Rollouts would have nowhere to start from`
      : `${name} has ${versions === 0 ? 'no versions' : versions === 1 ? 'one version' : `${versions} versions`}; Argo Rollouts moves weights between two`,
  why: 'It looks for a stable and a canary subset in the routes, and stops with an error where it does not find just these.',
  fix: 'Write two versions, such as `versions: [stable, canary]`, and `stable: stable`; the Rollout names the same subsets.',
  since: '0.1.0',
  check({ intents }: IntentSubject, report) {
    for (const intent of intents) {
      if (intent.kind !== 'service') continue;
      const { weights, versions = {}, stable } = serviceWords(intent);
      if (weights !== 'argo-rollouts') continue;
      const count = Object.keys(versions).length;
      if (count !== 2 || stable === undefined)
        report({ params: { name: intent.name, versions: count }, at: originOf(intent, '/weights', 'key').at });
    }
  },
});
