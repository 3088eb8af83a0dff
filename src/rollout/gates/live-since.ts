import type { RangeQuery, RangeSample } from '../../model/measurement.ts';
import type { GateDefinition, GateSubject, Seconds } from '../../model/rollout.ts';
import { judgeShare } from './judge-share.ts';

/** At how many points a range is looked at; Prometheus answers up to 11,000. */
const maxPoints = 5000;

/** What a look back costs Prometheus is bounded: from `start` on, at points that are a quarter of a window apart. */
export function liveRange(query: string, over: Seconds, mergedAt: Seconds, now: Seconds): RangeQuery {
  const step = Math.max(15, Math.floor(over / 4));
  const oldest = now - maxPoints * step;
  const points = Math.max(0, Math.floor((now - Math.max(mergedAt, oldest)) / step));
  return { query, start: now - points * step, end: now, step };
}

export interface LiveRange {
  readonly mergedAt: Seconds;
  readonly now: Seconds;
  readonly step: Seconds;
  /** How much time one value speaks for: the window of its query. */
  readonly over: Seconds;
}

/**
 * The earliest time since which the check has held until now; undefined where it does not hold now. A value speaks for its window, so that
 * a hole (no value, NaN, too few requests) which windows on both sides cover is none; a longer one is time that nobody saw, and begins
 * anew, as does any value that contradicts. The newest value that holds may be two steps old. What was before the merge is not asked.
 */
export function liveSince(samples: readonly LiveSample[], { mergedAt, now, step, over }: LiveRange): Seconds | undefined {
  let since: Seconds | undefined;
  let last: Seconds | undefined;
  for (const { at, holds } of [...samples].sort((a, b) => a.at - b.at)) {
    if (at < mergedAt || at > now) continue;
    if (holds === false) since = undefined;
    if (holds !== true) continue;
    if (since === undefined || last === undefined || at - last > Math.max(over, step)) since = at;
    last = at;
  }
  return since !== undefined && last !== undefined && now - last <= 2 * step ? since : undefined;
}

export interface LiveSample {
  readonly at: Seconds;
  /** undefined = cannot be told. */
  readonly holds: boolean | undefined;
}

/** What an observed share and the requests it is a share of say at each time. */
export function shareHolds(
  definition: GateDefinition,
  subject: GateSubject,
  values: readonly RangeSample[],
  samples: readonly RangeSample[],
): readonly LiveSample[] {
  const requests = new Map(samples.map(({ at, answer }) => [at, answer]));
  return values.map(({ at, answer }) => {
    const count = requests.get(at) ?? 'empty';
    if (typeof count !== 'number' || count < definition.minSamples) return { at, holds: undefined };
    const { outcome, reason } = judgeShare(definition, subject, answer, count);
    const contradicts = reason === 'share-below' || reason === 'share-above';
    return { at, holds: outcome === 'pass' ? true : contradicts ? false : undefined };
  });
}
