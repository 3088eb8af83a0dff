import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { type RequestClass, type RequestList, requestClasses, requestList, takenBy } from '../../src/requests/request-classes.ts';
import { condition, match, world } from '../support/request-world.ts';

const runs = process.env.FUZZ_RUNS === undefined ? 600 : Math.ceil(Number(process.env.FUZZ_RUNS) / 3);
const patience = 6 * 3_600_000;
const seed = Number(process.env.FUZZ_SEED ?? 20_251_124);

const list = (matches: readonly JsonObject[]): RequestList => requestList(matches.map(condition));
const shown = (classes: readonly RequestClass[]): readonly string[] => classes.map(({ taken }) => taken.join(' → '));

/** Classes are disjoint, their witnesses land where they should, and every request of a small world is in one. */
function confirm(lists: readonly RequestList[], classes: readonly RequestClass[]): void {
  const keys = new Set(shown(classes));
  expect(keys.size).toBe(classes.length);
  for (const one of classes) {
    if (one.kind === 'undecided') throw new Error(`undecided: ${one.because}`);
    expect(lists.map((each) => takenBy(each, one.request))).toEqual(one.taken);
  }
  for (const request of world) {
    const taken = lists.map((each) => takenBy(each, request)).join(' → ');
    if (!keys.has(taken)) throw new Error(`no class ${taken} for ${JSON.stringify(request)}`);
  }
}

const matches = fc.array(match, { maxLength: 4 });

/** Two lists that differ by little: one entry more, less, moved or changed. */
const nearly = fc
  .record({ all: fc.array(match, { minLength: 1, maxLength: 5 }), from: fc.nat(4), to: fc.nat(4), other: fc.option(match) })
  .map(({ all, from, to, other }) => {
    const moved = all.filter((_, i) => i !== from % all.length);
    const put = other ?? all[from % all.length] ?? {};
    return [all, from === to ? moved : [...moved.slice(0, to), put, ...moved.slice(to)]] as const;
  });

describe('classes of requests', () => {
  it(
    'of two lists: disjoint, complete, each with a witness',
    () => {
      fc.assert(
        fc.property(matches, matches, (a, b) => {
          const lists = [list(a), list(b)];
          confirm(lists, requestClasses(lists));
        }),
        { seed, numRuns: runs },
      );
    },
    patience,
  );

  it(
    'of two lists that are nearly equal',
    () => {
      fc.assert(
        fc.property(nearly, ([a, b]) => {
          const lists = [list(a), list(b)];
          confirm(lists, requestClasses(lists));
        }),
        { seed, numRuns: runs },
      );
    },
    patience,
  );

  it(
    'of three lists',
    () => {
      fc.assert(
        fc.property(nearly, fc.array(match, { maxLength: 2 }), ([a, b], c) => {
          const lists = [list(a), list([...c, ...b.slice(1)]), list(b)];
          confirm(lists, requestClasses(lists));
        }),
        { seed, numRuns: Math.ceil(runs / 3) },
      );
    },
    patience,
  );

  it('come in the order of the lists, "none" behind all', () => {
    const before = list([{ headers: { 'end-user': { exact: 'jason' } } }, { uri: { prefix: '/api' } }]);
    const after = list([{ uri: { prefix: '/api' } }, {}]);
    expect(shown(requestClasses([before, after]))).toEqual(['0 → 0', '0 → 1', '1 → 0', 'none → 1']);
  });

  it('say why they are undecided', () => {
    const opaque = list([{ headers: { ':path': { exact: '/a' } } }, {}]);
    const classes = requestClasses([opaque, list([{}])]);
    expect(classes.map(({ taken, ...rest }) => [taken.join(), 'because' in rest ? rest.because : rest.kind])).toEqual([
      ['0,0', 'a condition cannot be decided here'],
      ['1,0', 'a condition cannot be decided here'],
    ]);
  });

  it('that are not asked for cost no search, however long the lists', () => {
    const users = Array.from({ length: 1000 }, (_, i): JsonObject => ({ headers: { 'end-user': { exact: `user-${i}` } } }));
    const before = list([...users, {}]);
    const after = list([{ uri: { exact: '/new' } }, ...users.slice(0, 500), ...users.slice(501), {}]);
    const asked: string[] = [];
    const classes = requestClasses([before, after], {
      skip: ([a, b]) => {
        asked.push(`${a} → ${b}`);
        return a !== 'none' && b === a;
      },
    });
    // Each with its twin and with the new entry, and what the removed one took.
    expect(asked.length).toBe(2002);
    expect(classes.length).toBe(1501);
  });
});
