import type { MetricAnswer } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject, GateVerdict } from '../../model/rollout.ts';
import { isAbove, isBelow, shareBounds } from './gate-bounds.ts';
import { figure } from './verdict-words.ts';

/**
 * Does the canary get its percentage? A smaller share than planned is a step that is not live (yet), and holds; a larger one hurts more users
 * than anyone agreed to, and fails. A share that is nearer to the step before is that step's, whatever the statistics allow.
 */
export function judgeShare(definition: GateDefinition, subject: GateSubject, value: MetricAnswer, samples: MetricAnswer): GateVerdict {
  if (value === 'NaN')
    return { outcome: 'inconclusive', reason: 'not-a-number', detail: 'the share is not a number: nobody sent a request' };
  if (value === '+Inf' || value === '-Inf') return { outcome: 'inconclusive', reason: 'infinite', detail: `the share is ${value}` };
  if (typeof value !== 'number' || typeof samples !== 'number' || samples <= 0) {
    return { outcome: 'inconclusive', reason: 'no-data', detail: 'there are no requests to take a share of' };
  }
  const { percent, previousPercent } = subject;
  const { min, max } = shareBounds(subject, samples, definition.tolerance);
  const expected = `${figure(value)} % of ${figure(samples)} requests; ${figure(percent)} % is planned`;
  if (percent > 0 && min <= 0 && previousPercent === undefined) {
    return {
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      detail: `${expected}, and so few requests cannot be told from none at all`,
    };
  }
  const middle = previousPercent === undefined ? undefined : (previousPercent + percent) / 2;
  const rises = middle !== undefined && middle < percent;
  const falls = middle !== undefined && middle > percent;
  if (value <= 0 && percent > 0) return { outcome: 'inconclusive', reason: 'share-below', detail: expected };
  if (isBelow(value, min) || (rises && value <= middle))
    return { outcome: 'inconclusive', reason: 'share-below', detail: `${expected}, so the step is not live` };
  if (falls && !subject.hasFixedTraffic && value >= middle)
    return { outcome: 'inconclusive', reason: 'share-above', detail: `${expected}, so the step is not live` };
  if (isAbove(value, max)) return { outcome: 'fail', reason: 'share-above', detail: `${expected}, at most ${figure(max)} % can be chance` };
  return { outcome: 'pass', reason: 'within-bounds', detail: expected };
}
