import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RangeSample } from '../../../src/model/measurement.ts';
import { type LiveSample, liveRange, liveSince, shareHolds } from '../../../src/rollout/gates/live-since.ts';
import { noon, reviews, share } from './gate-examples.ts';

const step = 60;
const range = { mergedAt: noon - 3600, now: noon, step, over: 240 };

/** One letter each minute up to noon: + holds, - does not, . cannot be told, space: no value. */
function minutes(text: string): readonly LiveSample[] {
  return [...text].flatMap((letter, index) =>
    letter === ' '
      ? []
      : [{ at: noon - (text.length - 1 - index) * step, holds: letter === '+' ? true : letter === '-' ? false : undefined }],
  );
}

function minutesLive(text: string): number | undefined {
  const since = liveSince(minutes(text), range);
  return since === undefined ? undefined : (noon - since) / step;
}

describe('since when a check has held without gap', () => {
  it.each([
    ['++++++', 5],
    ['----++', 1],
    ['++-+++', 2],
    ['+++++-', undefined],
    ['------', undefined],
    ['......', undefined],
    ['', undefined],
    ['+', 0],
  ])('%s: %s minutes', (text, expected) => {
    expect(minutesLive(text)).toBe(expected);
  });

  it.each([
    ['+++   ++', 7],
    ['+++...++', 7],
    ['+++. .++', 7],
    ['+++    ++', 1],
    ['+++....++', 1],
    ['+++..-.++', 1],
  ])('a hole is bridged as far as windows reach: %s', (text, expected) => {
    expect(minutesLive(text)).toBe(expected);
  });

  it.each([
    ['+++  ', 4],
    ['+++   ', undefined],
    ['+++...', undefined],
  ])('holds until now, two steps at most: %s', (text, expected) => {
    expect(minutesLive(text)).toBe(expected);
  });

  it('does not ask about the time before the merge, or to come', () => {
    const mergedAt = noon - 2 * step;
    expect(liveSince(minutes('++++++'), { ...range, mergedAt })).toBe(mergedAt);
    expect(liveSince(minutes('-++'), { ...range, mergedAt })).toBe(noon - step);
    expect(liveSince(minutes('++++'), { ...range, now: noon - 3600 })).toBeUndefined();
    expect(liveSince(minutes('+++'), { ...range, mergedAt: noon + 1 })).toBeUndefined();
  });

  it('is never earlier for one more value that contradicts, and does not depend on order', () => {
    const letters = fc.array(fc.constantFrom('+', '-', '.', ' '), { maxLength: 50 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters, fc.nat(), (text, index) => {
        const since = liveSince(minutes(text), range);
        const worse = liveSince(
          minutes(text.slice(0, index % (text.length + 1)) + '-' + text.slice((index % (text.length + 1)) + 1)),
          range,
        );
        expect(worse ?? noon + 1).toBeGreaterThanOrEqual(since ?? noon + 1);
        expect(liveSince([...minutes(text)].reverse(), range)).toBe(since);
        if (since !== undefined) expect(minutes(text).filter(({ at, holds }) => at >= since && holds === false)).toEqual([]);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 500), seed: Number(process.env.FUZZ_SEED ?? 20_261_124) },
    );
  });
});

describe('the range that is asked for', () => {
  it('is from the merge until now, a quarter of a window at a time', () => {
    expect(liveRange('x', 600, noon - 3600, noon)).toEqual({ query: 'x', start: noon - 3600, end: noon, step: 150 });
    expect(liveRange('x', 60, noon - 100, noon)).toEqual({ query: 'x', start: noon - 90, end: noon, step: 15 });
  });

  it('M11 is bounded, however long ago the merge was', () => {
    const { start, end, step: each } = liveRange('x', 600, 0, noon);
    expect((end - start) / each).toBe(5000);
  });

  it('M12 is empty for a merge that is still to come', () => {
    expect(liveRange('x', 600, noon + 3600, noon)).toMatchObject({ start: noon, end: noon });
  });
});

describe('what an observed share says at a time', () => {
  const at = (value: RangeSample['answer'], count: RangeSample['answer']) =>
    shareHolds(share, reviews, [{ at: noon, answer: value }], [{ at: noon, answer: count }])[0]?.holds;

  it.each([
    [5, 10_000, true],
    [0, 10_000, false],
    [50, 10_000, false],
    [5, 99, undefined],
    ['NaN', 10_000, undefined],
    [5, 'empty', undefined],
  ] as const)('%s of %s: %s', (value, count, holds) => {
    expect(at(value, count)).toBe(holds);
  });

  it('cannot be told without a count of the same time', () => {
    expect(shareHolds(share, reviews, [{ at: noon, answer: 5 }], [])).toEqual([{ at: noon, holds: undefined }]);
  });
});
