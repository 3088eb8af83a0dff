import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/model/diagnostic.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { runRules } from '../../src/rules/rule.ts';
import { intentRules } from '../../src/rules/rule-sets.ts';
import { loadedMesh, randomService } from '../support/random-services.ts';
import { rendered } from '../support/rendered.ts';
import { yamlOf } from '../support/yaml-of.ts';

const garbage: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1, 1.5, '', 'v9', '~', '__proto__', 'constructor'),
  fc.constantFrom<Json>([], {}, [null], { a: null }, ['v1', 'v1'], { service: 'x' }, { service: 'reviews' }, { constructor: 1 }),
);
const characters = fc.constantFrom('\t', ':', '-', '{', ']', '\n', '"', '&a', '*a', '!!x', '|', '#', '\u0000', '---\n', 'é');

/** Read, resolved and held against the rules, without drawing: a value, or at least one error. */
function expectAnswer(text: string): void {
  const loaded = loadedMesh(text);
  expect(loaded.value !== undefined || loaded.diagnostics.some(isError)).toBe(true);
  if (loaded.value === undefined) return;
  const resolved = resolve(loaded.value);
  expect(resolved.value !== undefined || resolved.diagnostics.some(isError)).toBe(true);
  runRules(intentRules, { ...loaded.value, resolved: resolved.value?.intents ?? [] });
}

describe('any damage to a valid document', () => {
  it('of its values and keys never throws, and is said when nothing can be made of it', () => {
    fc.assert(
      fc.property(randomService, fc.nat(), garbage, fc.constantFrom('replace', 'rename', 'drop'), (intent, place, value, how) => {
        expectAnswer(yamlOf(damaged(intent, place, value, how)));
      }),
      { seed: 3, numRuns: 2500 },
    );
  });

  it('of its text never throws, and is said when nothing can be made of it', () => {
    fc.assert(
      fc.property(randomService, fc.nat(), characters, fc.nat(3), (intent, place, inserted, removed) => {
        const text = yamlOf(intent);
        const at = place % text.length;
        expectAnswer(text.slice(0, at) + inserted + text.slice(at + removed));
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

/** The document with one of its values, counted through, replaced, renamed or dropped. */
function damaged(intent: JsonObject, place: number, value: Json, how: string): JsonObject {
  let left = place % (1 + JSON.stringify(intent).split(/[,{[]/).length);
  const walk = (item: Json): Json => {
    if (Array.isArray(item)) return item.flatMap((one: Json) => (left-- === 0 ? (how === 'drop' ? [] : [value]) : [walk(one)]));
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item).flatMap(([key, one]): [string, Json][] => {
        if (left-- !== 0) return [[key, walk(one)]];
        return how === 'drop' ? [] : how === 'rename' ? [[`${key}x`, one]] : [[key, value]];
      }),
    );
  };
  return walk(intent) as JsonObject;
}

describe('a file that says nothing', () => {
  it.each(['', '# only a comment\n', '---\n---\n'])('is an error, so that an emptied file is not read as a removed intent: %j', (text) => {
    const { ok, codes, compilation } = rendered('service: a\nversions: [v1]\n', { files: { 'mesh/reviews.yaml': text } });
    expect([ok, codes, compilation.files.size]).toEqual([false, ['MS1065'], 0]);
  });
});
