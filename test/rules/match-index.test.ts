import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectMatch } from '../../src/istio/intersect-match.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { createMatchIndex } from '../../src/rules/match-index.ts';

const path = fc.array(fc.constantFrom('a', 'B', '/'), { maxLength: 4 }).map((letters) => `/${letters.join('')}`);
const match: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant({}),
  path.map((exact) => ({ uri: { exact } })),
  path.map((prefix) => ({ uri: { prefix } })),
  path.map((prefix) => ({ uri: { prefix }, ignoreUriCase: true })),
  fc.constant({ uri: { regex: '/a.*' } }),
);

describe('the index of conditions by path', () => {
  it('leaves out no condition that can hold together with the one asked for', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 8 }), match, (added, asked) => {
        const index = createMatchIndex<number>();
        for (const [i, one] of added.entries()) index.add(one, i);
        const found = new Set([...index.candidates(asked)].map(([, owner]) => owner));
        const meeting = [...added.keys()].filter((i) => intersectMatch(added[i] ?? {}, asked).kind !== 'impossible');
        expect(meeting.filter((i) => !found.has(i))).toEqual([]);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});
