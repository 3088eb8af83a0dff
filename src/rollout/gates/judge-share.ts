import type { MetricAnswer } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject, GateVerdict } from '../../model/rollout.ts';
import { deviation, isAbove, isBelow, shareBounds } from './gate-bounds.ts';
import { figure, verdict } from './verdict-words.ts';

/**
 * Does the canary get its percentage? A smaller share than planned is a step that is not live (yet), and holds; a larger one hurts more users
 * than anyone agreed to, and fails. A share that is nearer to the step before is that step's; where chance alone (three standard deviations)
 * could lead from one to the other, nothing is concluded.
 */
export function judgeShare({ tolerance }: GateDefinition, subject: GateSubject, value: MetricAnswer, samples: MetricAnswer): GateVerdict {
  if (value === 'NaN') return verdict('inconclusive', 'not-a-number', 'the share is not a number: nobody sent a request');
  if (value === '+Inf' || value === '-Inf') return verdict('inconclusive', 'infinite', `the share is ${value}`);
  if (typeof value !== 'number' || typeof samples !== 'number' || samples <= 0) {
    return verdict('inconclusive', 'no-data', 'there are no requests to take a share of');
  }
  const { percent, previousPercent = 0, hasFixedTraffic } = subject;
  const spread = 3 * Math.max(deviation(percent, samples), deviation(previousPercent, samples));
  const { min, max } = shareBounds(subject, samples, tolerance);
  const middle = (previousPercent + percent) / 2;
  const seen = `${figure(value)} % of ${figure(samples)} requests; ${figure(percent)} % is planned`;
  if (previousPercent > percent && value >= middle && !hasFixedTraffic)
    return verdict('inconclusive', 'share-above', `${seen}, so the step is not live`);
  if (isAbove(value, max)) return verdict('fail', 'share-above', `${seen}, and at most ${figure(max)} % can be chance`);
  if (previousPercent !== percent && spread > Math.abs(percent - previousPercent)) {
    return verdict('inconclusive', 'too-few-samples', `${seen}; of so few, chance could make it ${figure(previousPercent)} %`);
  }
  if (isBelow(value, min) || (previousPercent < percent && value <= middle))
    return verdict('inconclusive', 'share-below', `${seen}, so the step is not live`);
  return verdict('pass', 'within-bounds', seen);
}
