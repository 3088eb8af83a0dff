import { gatesOf } from '../../model/gates.ts';
import { objectOr } from '../../model/json.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { saidPlans } from './plans.ts';

/** The gate that shows since when a step is live measures the canary's share: nothing else tells one step from another. */
export const liveGateObservesShare = defineRule({
  code: 'MS7219',
  name: 'live-gate-observes-share',
  severity: 'error',
  summary: ({ title, gate }: { title: string; gate: string }) =>
    `${title} is live when the gate \`${gate}\` says so, which does not measure the canary's share`,
  why: 'Since when a step is live is read from the share of requests that the canary gets. Another measurement may hold as well before the step, or not for long after it, so a soak would begin at any time or never.',
  fix: 'Name a gate with `observedShare: true`, such as `live: {gate: share}`; ask this one under `gates:`.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    const measures = new Map(gatesOf(subject.environment).map(({ name, measure }) => [name, measure.kind]));
    for (const { title, words, at } of saidPlans(subject)) {
      const { gate } = objectOr(words.live);
      if (typeof gate !== 'string' || (measures.get(gate) ?? 'observed-share') === 'observed-share') continue;
      report({ params: { title, gate }, at: at('/live/gate') });
    }
  },
});
