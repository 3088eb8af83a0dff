import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldValues, unfoldValues } from '../../src/site/fold-values.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300), seed: Number(process.env.FUZZ_SEED ?? 20_261_125) };
const keys = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'length', '0', ''));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.constantFrom(...hostileTexts),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.array(fc.tuple(keys, tie('value'))).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

describe('folded values', () => {
  it('unfold to what they were, through any text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = JSON.stringify(foldValues(value));
        expect(unfoldValues(JSON.parse(written))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      runs,
    );
  });

  it('hold a thing once, however often it is used', () => {
    const route = { timeout: '5s', to: ['v1', 'v2'] };
    const one = foldValues([route]);
    const many = foldValues([route, { ...route }, { ...route, to: [...route.to] }]);
    expect(many.nodes.length - one.nodes.length).toBe(2);
    expect(many.scalars).toEqual(one.scalars);
    const [a, b] = unfoldValues(many) as readonly unknown[];
    expect(a).toBe(b);
  });

  it('keep many things of one shape apart', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ line: i, column: (i * 7) % 100, over: [i % 3, { line: (i * 13) % 5000 }] }));
    expect(JSON.stringify(unfoldValues(foldValues(many)))).toBe(JSON.stringify(many));
  });

  it('leave out what is undefined, and show texts but not keys otherwise where asked', () => {
    expect(unfoldValues(foldValues({ a: undefined, b: 'b' }), (text) => `<${text}>`)).toEqual({ b: '<b>' });
  });
});
