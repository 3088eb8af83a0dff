import { isHandWritten, titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { divisionsOf, living, type Share, sumOf } from './shares.ts';

/** Sums by which people write ratios: small ones, and finer scales than percent. */
const LARGEST_RATIO = 20;
const finerScales: ReadonlySet<number> = new Set([1000, 10_000, 100_000, 1_000_000]);

/**
 * Weights that nearly sum to 100 are read as percentages, and are not: Istio divides by the sum. From 1.15 on that is legal; before,
 * `weights-sum-to-a-hundred` refuses it. Ratios such as 1 to 3, thirds of 33 and parts of 1000 are what they look like.
 */
export const weightsReadAsPercentages = defineObjectRule<{ id: string; sum: number; share: number; weight: number }>({
  code: 'MS5907',
  name: 'weights-read-as-percentages',
  severity: 'warning',
  summary: ({ id, sum, share, weight }) =>
    `weights of a route of ${id} sum to ${sum}, so a weight of ${weight} is ${Number(share.toFixed(1))} % of its requests`,
  why: 'Istio divides each weight by the sum of all. Readers take weights for percentages, and a step of a rollout would be another than they think.',
  fix: 'Write weights that sum to 100.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 15 },
  check(object, report) {
    // An intent's share of less than one percent is written as a ratio.
    if (!isHandWritten(object.manifest)) return;
    for (const { shares } of divisionsOf(object.spec)) {
      const sum = sumOf(shares);
      if (
        shares.length < 2 ||
        shares.some(({ weight }) => weight === undefined) ||
        sum === 100 ||
        sum <= LARGEST_RATIO ||
        finerScales.has(sum)
      )
        continue;
      const off = living(shares).find((share) => Math.abs(percentOf(share, sum) - (share.weight ?? 0)) >= 1);
      if (off?.weight === undefined) continue;
      report({ params: { id: titleOf(object), sum, share: percentOf(off, sum), weight: off.weight }, pointer: `${off.pointer}/weight` });
    }
  },
});

function percentOf({ weight = 0 }: Share, sum: number): number {
  return (100 * weight) / sum;
}
