import type { Measurement, MetricAnswer, MetricPurpose } from '../../model/measurement.ts';
import type { GateDefinition, GateEvidence, GateReason, GateSubject, GateVerdict } from '../../model/rollout.ts';
import { boundsOf, isAbove, isBelow } from './gate-bounds.ts';
import { answerWords, verdictOfAbsence } from './judge-absence.ts';
import { judgeShare } from './judge-share.ts';
import { differenceUnit, figure, gateUnit, verdict } from './verdict-words.ts';

/** Prometheus' clock and ours may be this far apart: seconds. */
export const maxSkew = 60;

/** Two scrapes by Prometheus' own default, one each minute: seconds. */
export const defaultMaxAge = 120;

/**
 * The verdict on what was measured as of `at` (seconds since 1970), with all that it rests on. Total, and pure: only one finite number of
 * one series, fresh, of enough requests, within the bounds, passes. The rest fails, or holds and says why.
 */
export function judgeGate(
  definition: GateDefinition,
  subject: GateSubject,
  measurements: readonly Measurement[],
  at: number,
): GateEvidence {
  const queries = measurements.map(({ purpose, query, answer }) => ({ purpose, query, answer: plain(answer) }));
  const skew = largestSkew(measurements, at);
  const verdict = recomputeVerdict({ definition, subject, queries, at, ...(skew === undefined ? {} : { skew }) });
  return { gate: definition.name, ...verdict, queries, at, ...(skew === undefined ? {} : { skew }), definition, subject };
}

/** The verdict that recorded evidence leads to. `outcome` and `reason` that it records must be the same. */
export function recomputeVerdict({ definition, subject, queries, at, skew = 0 }: Recorded): GateVerdict {
  const needed = purposesOf(definition);
  const answers = new Map(queries.map(({ purpose, answer }) => [purpose, plain(answer)]));
  if (queries.length !== needed.length || needed.some((purpose) => !answers.has(purpose))) {
    return verdict('error', 'incomplete', 'not everything that the gate needs was measured, or something was twice');
  }
  if (!isJudgeable(definition)) return verdict('error', 'incomplete', 'the gate has no bound that a value could meet or miss');
  return judgeTime(definition, subject, at, skew) ?? judgeAnswers(definition, subject, (purpose) => answers.get(purpose) ?? 'empty');
}

type Recorded = Pick<GateEvidence, 'definition' | 'subject' | 'queries' | 'at' | 'skew'>;

/** What a gate needs measured, each once. */
export function purposesOf({ measure, compare }: GateDefinition): readonly MetricPurpose[] {
  const own: readonly MetricPurpose[] = ['value', 'samples', 'freshness'];
  return compare === 'stable' && measure.kind !== 'observed-share' ? [...own, 'baseline', 'baseline-samples'] : own;
}

/** Numbers that are none have names, and there is one zero: evidence is text in the end. */
function plain(answer: MetricAnswer): MetricAnswer {
  if (typeof answer !== 'number') return answer;
  if (Number.isFinite(answer)) return answer + 0;
  return Number.isNaN(answer) ? 'NaN' : answer > 0 ? '+Inf' : '-Inf';
}

function isJudgeable({ measure, min, max, tolerance, minSamples, maxAge = 0 }: GateDefinition): boolean {
  const numbers = [min ?? 0, max ?? 0, tolerance, minSamples, maxAge];
  if (!numbers.every(Number.isFinite) || tolerance < 0 || minSamples < 0) return false;
  if (measure.kind === 'observed-share') return true;
  return (min !== undefined || max !== undefined) && (min ?? Number.NEGATIVE_INFINITY) <= (max ?? Number.POSITIVE_INFINITY);
}

function judgeTime({ warmUp }: GateDefinition, { liveSince }: GateSubject, at: number, skew: number): GateVerdict | undefined {
  if (!Number.isFinite(at) || !(Math.abs(skew) <= maxSkew)) {
    return verdict(
      'inconclusive',
      'clock-skew',
      `the metrics server's clock is ${figure(Math.abs(skew))} s ${skew < 0 ? 'behind' : 'ahead of'} this one; up to ${maxSkew} s are allowed`,
    );
  }
  if (liveSince === undefined) return undefined;
  if (liveSince > at)
    return verdict(
      'inconclusive',
      'clock-skew',
      `the step is said to be live from a time that is still to come, in ${figure(liveSince - at)} s`,
    );
  const wait = liveSince + warmUp - at;
  return wait > 0 ? verdict('inconclusive', 'warm-up', `the step warms up for another ${figure(wait)} s`) : undefined;
}

function judgeAnswers(definition: GateDefinition, subject: GateSubject, answerOf: (purpose: MetricPurpose) => MetricAnswer): GateVerdict {
  const answers = purposesOf(definition).map((purpose) => ({ purpose, answer: answerOf(purpose) }));
  for (const { purpose, answer } of answers) {
    const failed = typeof answer === 'number' ? undefined : verdictOfAbsence(answer, purpose);
    if (failed !== undefined) return failed;
  }
  return (
    judgeFreshness(definition, answerOf('freshness')) ??
    judgeSamples(definition, answerOf('samples'), 'no-data', 'too-few-samples') ??
    (definition.measure.kind === 'observed-share'
      ? judgeShare(definition, subject, answerOf('value'), answerOf('samples'))
      : judgeValue(definition, answerOf))
  );
}

function judgeFreshness({ maxAge = defaultMaxAge }: GateDefinition, age: MetricAnswer): GateVerdict | undefined {
  if (typeof age !== 'number')
    return verdict(
      'inconclusive',
      'no-data',
      'there is no series of it right now: nothing was ever sent there, or its targets are not being scraped',
    );
  if (age < 0)
    return verdict('inconclusive', 'clock-skew', `the newest sample is ${figure(-age)} s ahead of the time that was asked about`);
  return age > maxAge
    ? verdict('inconclusive', 'stale', `the newest sample is ${figure(age)} s old; up to ${figure(maxAge)} s are allowed`)
    : undefined;
}

function judgeSamples(
  { minSamples, measure }: GateDefinition,
  samples: MetricAnswer,
  none: GateReason,
  few: GateReason,
): GateVerdict | undefined {
  const whose = few === 'too-few-samples' ? (measure.kind === 'observed-share' ? 'canary and stable' : 'the canary') : 'the stable version';
  if (samples === 'empty')
    return minSamples === 0 ? undefined : verdict('inconclusive', none, `no requests of ${whose} were seen in the window`);
  if (typeof samples !== 'number')
    return verdict('inconclusive', samples === 'NaN' ? 'not-a-number' : 'infinite', `the number of samples is ${samples}`);
  if (isBelow(samples, minSamples)) {
    return verdict('inconclusive', few, `${figure(samples)} samples of ${whose} in the window; at least ${figure(minSamples)} are needed`);
  }
  return undefined;
}

function judgeValue(definition: GateDefinition, answerOf: (purpose: MetricPurpose) => MetricAnswer): GateVerdict {
  const value = answerOf('value');
  if (definition.compare === 'absolute') return judgeNumber(definition, value, '');
  const few = judgeSamples(definition, answerOf('baseline-samples'), 'no-baseline', 'too-few-baseline-samples');
  if (few !== undefined) return few;
  const baseline = answerOf('baseline');
  if (typeof baseline !== 'number') return verdict('inconclusive', 'no-baseline', `the stable version's value is ${answerWords(baseline)}`);
  if (typeof value !== 'number') return judgeNumber(definition, value, '');
  const unit = gateUnit(definition.measure);
  return judgeNumber(definition, value - baseline, ` (canary ${figure(value)}${unit}, stable ${figure(baseline)}${unit})`);
}

function judgeNumber(definition: GateDefinition, value: MetricAnswer, from: string): GateVerdict {
  const { min, max } = boundsOf(definition);
  if (value === '+Inf' || value === '-Inf') {
    if (value === '+Inf' && max !== undefined)
      return verdict('fail', 'above-maximum', `the value is infinite; at most ${figure(max)} is allowed`);
    if (value === '-Inf' && min !== undefined)
      return verdict('fail', 'below-minimum', `the value is infinitely small; at least ${figure(min)} is asked`);
    return verdict('inconclusive', 'infinite', `the value is ${value}`);
  }
  if (value === 'NaN') return verdict('inconclusive', 'not-a-number', 'the value is not a number: something was divided by nothing');
  if (typeof value !== 'number') return verdict('inconclusive', 'no-data', 'the query answers nothing');
  const compares = definition.compare === 'stable';
  const unit = compares ? differenceUnit(definition.measure) : gateUnit(definition.measure);
  const measured = compares
    ? `${figure(Math.abs(value))}${unit} ${value < 0 ? 'below' : 'above'} stable${from}`
    : `${figure(value)}${unit}`;
  if (isBelow(value, min)) {
    const asked = `${measured}; at least ${figure(min ?? 0)}${unit} is asked`;
    return definition.measure.kind === 'request-volume'
      ? verdict('inconclusive', 'low-traffic', asked)
      : verdict('fail', 'below-minimum', asked);
  }
  if (isAbove(value, max)) return verdict('fail', 'above-maximum', `${measured}; at most ${figure(max ?? 0)}${unit} is allowed`);
  return verdict('pass', 'within-bounds', measured);
}

function largestSkew(measurements: readonly Measurement[], at: number): number | undefined {
  const skews = measurements.flatMap(({ serverTime }) => (serverTime === undefined ? [] : [serverTime - at]));
  return skews.length === 0 ? undefined : skews.reduce((largest, one) => (Math.abs(one) > Math.abs(largest) ? one : largest));
}
