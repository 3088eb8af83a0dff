import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coveringLegs, coveringStates } from '../../src/diff/state-cover.ts';

const partsShown = (cell: readonly number[], states: readonly ReadonlySet<number>[]) =>
  new Set(states.map((applied) => cell.filter((change) => applied.has(change)).join()));

describe('covering states', () => {
  it('show every part of every cell', () => {
    const cell = fc.uniqueArray(fc.nat(14), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 8 }), (cells) => {
        const states = coveringStates(cells, String);
        for (const one of cells) {
          const parts = partsShown(one, states);
          parts.delete('');
          parts.delete(one.join());
          expect(parts.size).toBe(2 ** one.length - 2);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('are as few as those of the largest cell, however many there are', () => {
    const hub = [0, 1, 2, 3, 4, 5];
    const spokes = Array.from({ length: 200 }, (_, i) => [...hub, 10 + i]);
    expect(coveringStates(spokes, String)).toHaveLength(2 ** 7 - 2);
  });

  it('of legs show those that an order of legs allows, the states between two legs included, and no others', () => {
    const legs = [0, 1, 1, 2, 2, 0];
    const cell = [0, 1, 2, 3, 4, 5];
    const parts = [...partsShown(cell, coveringLegs([cell], legs, String))].sort();
    expect(parts).toEqual(['', '0', '0,1,2,3,5', '0,1,2,4,5', '0,1,2,5', '0,1,5', '0,2,5', '0,5', '5']);
  });

  it('move all of a kind together where a cell is too large', () => {
    const cell = Array.from({ length: 15 }, (_, i) => i);
    const states = coveringStates([cell], (change) => (change < 4 ? 'gone' : change < 9 ? 'new' : 'moved'));
    const parts = partsShown(cell, states);
    expect(parts.has('0,1,2,3')).toBe(true);
    expect(parts.has('0,1,2,3,9,10,11,12,13,14')).toBe(true);
    expect(parts.has('7')).toBe(true);
  });
});
