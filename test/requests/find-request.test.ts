import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRequest, type Search } from '../../src/requests/find-request.ts';
import { holds } from '../../src/requests/holds.ts';
import type { Condition } from '../../src/requests/literal.ts';
import { condition, match, world } from '../support/request-world.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 3000);
const seed = Number(process.env.FUZZ_SEED ?? 20_251_124);

function confirms(search: Search, inside: Condition, outside: readonly Condition[]): void {
  const counter = world.find((request) => holds(inside, request) === true && outside.every((one) => holds(one, request) === false));
  if (search.kind === 'found') {
    expect(holds(inside, search.request)).toBe(true);
    expect(outside.map((one) => holds(one, search.request))).toEqual(outside.map(() => false));
  } else if (search.kind === 'none') expect(counter).toBeUndefined();
  else throw new Error(`undecided: ${search.because}`);
}

describe('a request that meets a condition and none of others', () => {
  it('one condition, or two together: as a small world says, and every request found is one', () => {
    fc.assert(
      fc.property(match, match, (a, b) => {
        const both = [...condition(a), ...condition(b)];
        confirms(findRequest(both), both, []);
      }),
      { seed, numRuns: runs },
    );
  });

  it('one condition without others', () => {
    fc.assert(
      fc.property(match, fc.array(match, { maxLength: 5 }), (a, others) => {
        const outside = others.map(condition);
        const search = findRequest(condition(a), { outside });
        confirms(search, condition(a), outside);
        // Those that are named as taking it all do so by themselves.
        if (search.kind === 'none') {
          const named = outside.filter((_, i) => search.takenBy.includes(i));
          expect(findRequest(condition(a), { outside: named }).kind).toBe('none');
        }
      }),
      { seed, numRuns: runs },
    );
  });
});
