import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { weightedDestinations } from './weighted-destinations.ts';

/** Up to Istio 1.14 weights are percentages (validation.go validateHTTPRouteDestinations, validateRouteDestinations of 1.14). */
export const weightsSumToAHundred = defineObjectRule<{ id: string; sum: number; alone: boolean }>({
  code: 'MS5124',
  name: 'weights-sum-to-a-hundred',
  severity: 'error',
  summary: ({ id, sum, alone }) =>
    alone
      ? `the only destination of a route of ${id} has a weight of ${sum}, above 100`
      : `weights of a route of ${id} sum to ${sum}, not to 100`,
  why: 'Before 1.15 Istio takes weights for percentages and rejects what is more, or together something else, than 100.',
  fix: 'Write whole numbers that sum to 100; the weight of an only destination may be left out.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { to: 14 },
  check(object, report) {
    for (const { weights, sum, pointer } of weightedDestinations(object.spec)) {
      const alone = weights.length === 1;
      if (alone ? sum > 100 : sum !== 100)
        report({ params: { id: titleOf(object), sum, alone }, pointer: alone ? `${pointer}/0/weight` : pointer });
    }
  },
});
