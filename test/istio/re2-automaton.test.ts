import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRe2 } from '../../src/istio/re2.ts';
import { automatonOf } from '../../src/istio/re2-automaton.ts';

const atoms = [
  'a',
  'b',
  'A',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\d',
  '^',
  '$',
  '\\b',
  '\\B',
  '(?i)a',
  '(?i)k',
  '\\pL',
  'é',
  '😀',
  '(?s).',
  '(?m)^',
  '(?m)$',
  '\\x{10FFFF}',
];
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...atoms),
    fc.tuple(tie('pattern'), tie('pattern')).map(([x, y]) => x + y),
    fc.tuple(tie('pattern'), tie('pattern')).map(([x, y]) => `(?:${x}|${y})`),
    fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '*?')).map(([x, repeat]) => `(?:${x})${repeat}`),
  ),
}));
const letters = ['a', 'b', 'A', 'k', 'K', '\u212a', '1', '_', '/', ' ', '\n', 'é', '😀', '\u{10ffff}'];
const text = fc.array(fc.constantFrom(...letters), { maxLength: 6 }).map((parts) => parts.join(''));

function run(regex: string, input: string): boolean | undefined {
  const automaton = automatonOf(regex);
  let state = automaton.start;
  for (const letter of input) state = automaton.step(state, letter.codePointAt(0) ?? 0) ?? Number.NaN;
  return automaton.accepts(state);
}

describe('the machine of a pattern', () => {
  it('accepts what the pattern matches', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 8, maxLength: 8 }), (regex, inputs) => {
        const reading = readRe2(regex);
        if (reading.kind !== 'read') return;
        for (const input of inputs) expect([input, run(regex, input)]).toEqual([input, reading.re2.matches(input)]);
      }),
      { seed: 13, numRuns: 1000 },
    );
  });

  it('tells letters between two bounds apart nowhere', () => {
    fc.assert(
      fc.property(pattern, text, (regex, before) => {
        if (readRe2(regex).kind !== 'read') return;
        const automaton = automatonOf(regex);
        let state = automaton.start;
        for (const letter of before) state = automaton.step(state, letter.codePointAt(0) ?? 0) ?? 0;
        const bounds = [0, ...automaton.bounds];
        for (const [i, first] of bounds.entries()) {
          const last = (bounds[i + 1] ?? 0x110000) - 1;
          const middle = (first + last) >> 1;
          const states = [first, middle, last].map((letter) => automaton.step(state, letter));
          expect([regex, first, new Set(states).size]).toEqual([regex, first, 1]);
        }
      }),
      { seed: 17, numRuns: 200 },
    );
  });

  it('knows when no longer text can match', () => {
    const automaton = automatonOf('ab?');
    const after = (input: string) =>
      [...input].reduce((state, letter) => automaton.step(state, letter.codePointAt(0) ?? 0) ?? 0, automaton.start);
    expect(['', 'a', 'ab', 'b', 'abb'].map((input) => automaton.isDead(after(input)))).toEqual([false, false, false, true, true]);
  });
});

describe('the example of a pattern', () => {
  it('matches, where no anchor or word boundary asks for more', () => {
    fc.assert(
      fc.property(pattern, (regex) => {
        const reading = readRe2(regex);
        if (reading.kind !== 'read' || /[\^$]|\\b/i.test(regex)) return;
        expect([regex, reading.re2.matches(reading.re2.example ?? 'none')]).toEqual([regex, true]);
      }),
      { seed: 19, numRuns: 1500 },
    );
  });

  it.each([
    ['/api/v[0-9]+', '/api/v0'],
    ['(.*; ?)?user=jason(;.*)?', 'user=jason'],
    ['^/(en|de)/.+$', '/en/a'],
    ['[^a-z]+', '0'],
  ])('%s: %s', (regex, example) => {
    const reading = readRe2(regex);
    expect(reading.kind === 'read' && reading.re2.example).toBe(example);
  });
});

describe('what every text begins with', () => {
  it('is what each text that matches begins with', () => {
    fc.assert(
      fc.property(pattern, fc.boolean(), fc.array(text, { minLength: 8, maxLength: 8 }), (tail, anchored, inputs) => {
        const regex = `${anchored ? '^' : ''}ab${tail}`;
        const reading = readRe2(regex);
        if (reading.kind !== 'read') return;
        for (const input of inputs.map((one) => `ab${one}`))
          if (reading.re2.matches(input)) expect([regex, input.startsWith(reading.re2.beginning)]).toEqual([regex, true]);
      }),
      { seed: 23, numRuns: 1000 },
    );
  });

  it.each([
    ['/api/.*', '/api/'],
    ['^/api/v[0-9]', '/api/v'],
    ['(?i)/api', '/'],
    ['^{2}a', ''],
    ['/a|/b', '/'],
    ['^/a|b', ''],
  ])('%s: %s', (regex, beginning) => {
    const reading = readRe2(regex);
    expect(reading.kind === 'read' && reading.re2.beginning).toBe(beginning);
  });
});
