import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foreignText } from '../../../src/repo/git/foreign-text.ts';
import { maskSecrets } from '../../../src/repo/git/mask-secrets.ts';

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300), seed: Number(process.env.FUZZ_SEED ?? 1) };

describe('secrets', () => {
  it('are masked in every form in which they come back, whatever is around them', { timeout: 1_200_000 }, () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 60 }).filter((one) => one.trim() === one);
    const form = fc.constantFrom<(before: string, secret: string) => string>(
      (_, one) => one,
      (_, one) => encodeURIComponent(one),
      (_, one) => JSON.stringify(one),
      (before, one) => Buffer.from(`${before}${one}`).toString('base64'),
      (before, one) => Buffer.from(`${before}${one}`).toString('base64url'),
      (before, one) => `https://bot:${encodeURIComponent(one)}@git.example.com/${before}`,
    );
    fc.assert(
      fc.property(text, text, secret, form, (before, after, one, encode) => {
        const masked = maskSecrets(`${before}${encode(before, one)}${after}`, [one]);
        expect(masked).toContain('***');
        expect(masked).not.toContain(one);
        const longest = Buffer.from(one).toString('base64').slice(4, -4);
        expect(masked).not.toContain(longest);
      }),
      runs,
    );
  });

  it('are masked where nobody named them: passwords of addresses', () => {
    expect(maskSecrets("fatal: unable to access 'https://x-access-token:ghp_abc@github.com/a/b.git/': 403", [])).toBe(
      "fatal: unable to access 'https://***@github.com/a/b.git/': 403",
    );
    expect(maskSecrets('nothing secret: git@github.com:a/b.git', ['', 'zzz'])).toBe('nothing secret: git@github.com:a/b.git');
  });
});

it('what servers say is shown in plain, short words', () => {
  const said =
    'remote: \u001b[31mred\u001b[0m\r\nremote: \u001b]0;title\u0007two\u202e\nremote: \n::set-output name=x::y\nfatal: s3cret-token\n';
  expect(foreignText(said, ['s3cret-token'])).toBe('red; two; ::set-output name=x::y; ***');
  expect(foreignText('x\n'.repeat(1000)).length).toBeLessThan(100);
  expect(foreignText('y'.repeat(10_000)).length).toBeLessThan(1_600);
});
