import { describe, expect, it } from 'vitest';
import type { FreezeWindow } from '../../src/model/rollout.ts';
import { endOfFreeze, freezeAt } from '../../src/rollout/freeze-windows.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const iso = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
const hours = (count: number): number => count * 3600;
const weekend: FreezeWindow = { cron: '0 18 * * FRI', for: hours(62), timezone: 'Europe/Berlin', reason: 'weekend' };

describe('freezeAt', () => {
  it('holds from the first second to the last, on the clock of its zone', () => {
    expect(freezeAt([weekend], at('2026-11-20T16:59:59Z'))).toBeUndefined();
    expect(freezeAt([weekend], at('2026-11-20T17:00:00Z'))).toEqual({ reason: 'weekend', until: at('2026-11-23T07:00:00Z') });
    expect(freezeAt([weekend], at('2026-11-23T06:59:59Z'))).toBeDefined();
    expect(freezeAt([weekend], at('2026-11-23T07:00:00Z'))).toBeUndefined();
  });

  it.each([
    // Clocks go forward on 29 March and back on 25 October 2026, both on a Sunday within the window.
    { friday: '2026-03-27T17:00:00.000Z', end: '2026-03-30T07:00:00.000Z', wall: 'begins at 18:00 of winter, ends at 09:00 of summer' },
    { friday: '2026-10-23T16:00:00.000Z', end: '2026-10-26T06:00:00.000Z', wall: 'begins at 18:00 of summer, ends at 07:00 of winter' },
  ])('lasts as long as it says where clocks are changed within it: $wall', ({ friday, end }) => {
    expect(freezeAt([weekend], at(friday) - 1)).toBeUndefined();
    expect(iso(freezeAt([weekend], at(friday))?.until)).toBe(end);
  });

  it('opens once where a time of day comes twice, and at the next there is where it does not come at all', () => {
    const night: FreezeWindow = { cron: '30 2 * * *', for: 600, timezone: 'Europe/Berlin' };
    expect(freezeAt([night], at('2026-10-25T00:35:00Z'))).toBeDefined();
    expect(freezeAt([night], at('2026-10-25T01:35:00Z'))).toBeUndefined();
    expect(freezeAt([night], at('2026-03-29T01:05:00Z'))).toBeDefined();
  });

  it('ends when the last of several windows that follow one another does', () => {
    const monday: FreezeWindow = { cron: '0 6 * * MON', for: hours(4), timezone: 'UTC', reason: 'stock-taking' };
    expect(iso(freezeAt([weekend, monday], at('2026-11-21T12:00:00Z'))?.until)).toBe('2026-11-23T10:00:00.000Z');
    expect(freezeAt([weekend, monday], at('2026-11-23T08:00:00Z'))?.reason).toBe('stock-taking');
  });

  it('holds without an end where windows never leave a gap, and where one is not understood', () => {
    const always: FreezeWindow = { cron: '* * * * *', for: 120, timezone: 'UTC' };
    expect(freezeAt([always], at('2026-11-21T12:00:00Z'))).toEqual({ reason: 'frozen by "* * * * *"' });
    for (const window of [
      { ...weekend, cron: 'every friday' },
      { ...weekend, timezone: 'Europe/Atlantis' },
    ])
      expect(freezeAt([window], at('2026-11-24T12:00:00Z'))?.reason).toContain("can't be read");
  });

  it('never holds where its day does not come, or before it came for the first time', () => {
    expect(freezeAt([{ cron: '0 0 31 2 *', for: hours(24), timezone: 'UTC' }], at('2026-03-01T00:00:00Z'))).toBeUndefined();
    expect(freezeAt([], at('2026-03-01T00:00:00Z'))).toBeUndefined();
  });

  it('agrees over a year of hours with windows that are written out', () => {
    const open: number[] = [];
    for (let friday = at('2026-01-02T12:00:00Z'); friday < at('2027-01-10T00:00:00Z'); friday += 7 * hours(24)) {
      const offset = friday >= at('2026-03-29T01:00:00Z') && friday < at('2026-10-25T01:00:00Z') ? 2 : 1;
      open.push(friday + hours(6) - hours(offset));
    }
    for (let hour = at('2026-01-05T00:00:00Z'); hour < at('2026-12-31T00:00:00Z'); hour += hours(1)) {
      const isFrozen = open.some((start) => start <= hour && hour < start + hours(62));
      expect([iso(hour), freezeAt([weekend], hour) !== undefined]).toEqual([iso(hour), isFrozen]);
    }
  });
});

describe('endOfFreeze', () => {
  it('is now where nothing is frozen', () => {
    expect(endOfFreeze([weekend], at('2026-11-24T12:00:00Z'))).toBe(at('2026-11-24T12:00:00Z'));
  });
});
