import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { weightedDestinations } from './weighted-destinations.ts';

/** Weights of several destinations sum to more than 0 (Istio: validation.go validateHTTPRouteDestinations, validateRouteDestinations, from 1.15). */
export const weightsSumAboveZero = defineObjectRule<{ id: string; count: number }>({
  code: 'MS5122',
  name: 'weights-sum-above-zero',
  severity: 'error',
  summary: ({ id, count }) => `the weights of the ${count} destinations of a route of ${id} sum to 0`,
  why: 'A missing weight counts as 0 where there are several destinations; Istio rejects a route that sends nothing to any of them.',
  fix: 'Write a `weight` for each destination.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 15 },
  check(object, report) {
    for (const { weights, sum, pointer } of weightedDestinations(object.spec)) {
      if (weights.length > 1 && sum === 0) report({ params: { id: titleOf(object), count: weights.length }, pointer });
    }
  },
});
