import { listOr, objectOr } from '../../model/json.ts';
import { didYouMean, listWords } from '../../model/names.ts';
import type { Pointer } from '../../model/pointer.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { gateNames, type SaidPlan, saidPlans } from './plans.ts';

/** A plan asks only gates that its environment defines. */
export const knownGate = defineRule({
  code: 'MS7206',
  name: 'known-gate',
  severity: 'error',
  summary: ({ title, gate, known }: { title: string; gate: string; known: readonly string[] }) =>
    `${title} asks the gate \`${gate}\`; this environment ${known.length === 0 ? 'defines none' : `defines ${listWords(known)}`}`,
  why: 'A gate that nobody can ask never passes, and the rollout would stand still at that step.',
  fix: 'Name a gate of `gates:` in environment.yaml, or define it there.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    const known = gateNames(subject.environment);
    for (const plan of saidPlans(subject)) {
      for (const [gate, pointer] of gatesAsked(plan))
        if (!known.includes(gate))
          report({ params: { title: plan.title, gate, known }, at: plan.at(pointer), hints: didYouMean(gate, known) });
    }
  },
});

function gatesAsked({ words, steps }: SaidPlan): readonly (readonly [gate: string, pointer: Pointer])[] {
  const listed = (list: typeof words.gates, pointer: Pointer) =>
    listOr(list).map((gate, i): readonly [string, Pointer] => [String(gate), `${pointer}/${i}`]);
  const { gate: live } = objectOr(words.live);
  return [
    ...listed(words.gates, '/gates'),
    ...steps.flatMap(({ gates }, i) => listed(gates, `/steps/${i}/gates`)),
    ...(typeof words.ready === 'string' ? [[words.ready, '/ready'] as const] : []),
    ...(typeof live === 'string' ? [[live, '/live/gate'] as const] : []),
  ];
}
