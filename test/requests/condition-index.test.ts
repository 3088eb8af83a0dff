import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { createConditionIndex } from '../../src/requests/condition-index.ts';
import { findRequest } from '../../src/requests/find-request.ts';
import { httpCondition } from '../../src/requests/http-condition.ts';

const condition = (match: JsonObject) => httpCondition(match, { minor: 31, namespace: undefined });
const path = fc.array(fc.constantFrom('a', 'B', '/'), { maxLength: 4 }).map((letters) => `/${letters.join('')}`);
const uri: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant({}),
  path.map((exact) => ({ uri: { exact } })),
  path.map((prefix) => ({ uri: { prefix } })),
  path.map((prefix) => ({ uri: { prefix }, ignoreUriCase: true })),
  fc.constantFrom('/a.*', '^/a/?', '/(a|B)', '.*').map((regex) => ({ uri: { regex } })),
);
const value = fc.constantFrom<JsonObject[]>({ exact: '1' }, { exact: '2' }, { prefix: '1' }, {});
const headers: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant({}),
  value.map((x) => ({ headers: { x } })),
  value.map((x) => ({ withoutHeaders: { x } })),
  fc.tuple(value, value).map(([x, q]) => ({ headers: { x }, queryParams: { q } })),
);
const match = fc.tuple(uri, headers).map(([one, other]) => ({ ...one, ...other }));

describe('the index of conditions', () => {
  it('leaves out none that can hold together with the one asked for, and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 8 }), match, (added, asked) => {
        const index = createConditionIndex<number>();
        for (const [i, one] of added.entries()) index.add(condition(one), i);
        const found = index.candidates(condition(asked)).map(({ owner }) => owner);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        const meeting = [...added.keys()].filter((i) => findRequest([...condition(added[i] ?? {}), ...condition(asked)]).kind !== 'none');
        expect(meeting.filter((i) => !found.includes(i))).toEqual([]);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  it('does without those that another path or value keeps apart', () => {
    const index = createConditionIndex<number>();
    for (let i = 0; i < 1000; i++) {
      index.add(condition({ uri: { prefix: `/p${i}/` } }), i);
      index.add(condition({ uri: { prefix: '/a' }, headers: { user: { exact: `u${i}` } } }), 1000 + i);
    }
    expect(index.candidates(condition({ uri: { exact: '/p7/x' } })).map(({ owner }) => owner)).toEqual([7]);
    const user = condition({ uri: { prefix: '/a/b' }, headers: { user: { exact: 'u5' } } });
    expect(index.candidates(user).map(({ owner }) => owner)).toEqual([1005]);
  });
});
