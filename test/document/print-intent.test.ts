import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseYaml } from '../../src/document/parse.ts';
import { printIntent } from '../../src/document/print-intent.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { hazardousStrings } from './hazardous-strings.ts';

const printed: readonly (readonly [string, JsonObject, string])[] = [
  ['a word on a line', { service: 'reviews', port: 9080, versions: ['v1', 'v2'] }, 'service: reviews\nport: 9080\nversions: [v1, v2]\n'],
  ['a map on a line', { canary: { version: 'v3', percent: 10 } }, 'canary: {version: v3, percent: 10}\n'],
  ['an item of a list of maps on a line', { pins: [{ user: 'jason', version: 'v2' }] }, 'pins:\n  - {user: jason, version: v2}\n'],
  ['nothing', { routes: [], labels: {} }, 'routes: []\nlabels: {}\n'],
  [
    'what is too long in blocks',
    { expose: [{ gateway: 'g', match: [{ uri: { prefix: `/${'a'.repeat(60)}` } }, { uri: { prefix: `/${'b'.repeat(60)}` } }] }] },
    `expose:\n  - gateway: g\n    match:\n      - {uri: {prefix: /${'a'.repeat(60)}}}\n      - {uri: {prefix: /${'b'.repeat(60)}}}\n`,
  ],
  [
    'a long list in as few lines as it needs',
    { hosts: Array.from({ length: 5 }, (_, i) => `host-${i}.${'x'.repeat(20)}.example.com`) },
    `hosts: [${[0, 1].map((i) => `host-${i}.${'x'.repeat(20)}.example.com`).join(', ')},\n  ${[2, 3].map((i) => `host-${i}.${'x'.repeat(20)}.example.com`).join(', ')},\n  host-4.${'x'.repeat(20)}.example.com]\n`,
  ],
];

describe('an intent as people write it', () => {
  it.each(printed)('%s', (_name, value, text) => {
    expect(printIntent(value)).toBe(text);
  });

  it('is read back as what it was', () => {
    const text = fc.oneof(fc.constantFrom(...hazardousStrings), fc.string());
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    const key = text.filter((one) => one !== '' && one.length < 100 && one !== '__proto__');
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(key, tie('value'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), (document) => {
        const plain = JSON.parse(JSON.stringify(document)) as JsonObject;
        const written = printIntent(plain);
        expect(parse(written, { uniqueKeys: false })).toEqual(plain);
        // Names that cannot be seen are refused in intents; whatever is read is what was written.
        const read = parseYaml('a.yaml', written).value;
        if (read !== undefined) expect(read[0]?.value).toEqual(plain);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 300), seed: Number(process.env.FUZZ_SEED ?? 20_261_125) },
    );
  });
});
