import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRedactor } from '../../../src/repo/forge/redact.ts';

const secret = fc
  .string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(...'abcXYZ019_-+/="\\% ') })
  .filter((text) => text.trim().length >= 8);
const around = fc.string({ maxLength: 12 });

const spellings: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (text) => text],
  ['URL-encoded', encodeURIComponent],
  ['URL-encoded in lower case', (text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
  ['in JSON', (text) => JSON.stringify({ text })],
  ['in JSON in JSON', (text) => JSON.stringify({ text: text.replace(/["\\]/g, '') })],
];

it.each(spellings)('masks a secret %s', (_, spell) => {
  fc.assert(
    fc.property(secret, around, around, (raw, before, after) => {
      const token = raw.trim().replace(spell === spellings[4]?.[1] ? /["\\]/g : /$^/, '');
      fc.pre(token.length >= 8);
      const shown = createRedactor([token])(`${before}${spell(token)}${after}`);
      expect(shown).toContain('***');
      expect(shown).not.toContain(spell(token));
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('masks a secret in base64, whatever stands before and after it', () => {
  fc.assert(
    fc.property(secret, around, around, fc.constantFrom('base64', 'base64url' as const), (raw, before, after, alphabet) => {
      const token = raw.trim();
      const text = Buffer.from(`${before}:${token}${after}`).toString(alphabet === 'base64' ? 'base64' : 'base64url');
      expect(createRedactor([token])(`Basic ${text}`)).toContain('***');
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('masks the whole of a secret that holds another one', () => {
  expect(createRedactor(['abcdefgh', 'abcdefghijkl'])('x abcdefghijkl y')).toBe('x *** y');
});

it('leaves text alone where there is nothing to mask', () => {
  expect(createRedactor([undefined, '', 'abc'])('abc and more')).toBe('abc and more');
  expect(createRedactor(['s3cretpassword'])('reviews in prod')).toBe('reviews in prod');
});
