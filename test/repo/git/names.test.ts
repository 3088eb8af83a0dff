import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchFault, revisionFault } from '../../../src/repo/git/names.ts';

const hostile = [
  ...['', '-', '--output=x', '-c', '--upload-pack=touch x', 'a..b', 'a b', 'a~1', 'a^', 'a:b', 'a?b', 'a*b', 'a[b', 'a\\b'],
  ...[
    '@',
    '@{-1}',
    'a@{1}',
    'HEAD',
    '.a',
    'a/.b',
    'a.',
    'a/',
    '/a',
    'a//b',
    'a.lock',
    'a.lock/b',
    'a\nb',
    'a\0b',
    'a\u001b[2J',
    'ａ',
    'a\u202eb',
  ],
  ...['$(x)', '`x`', 'a;b', 'a|b', "a'b", 'a"b', 'x'.repeat(300), 'refs/heads/../x'],
];

describe('names that are handed to git', () => {
  it.each(hostile.map((name) => [name]))('%j is no branch', (name) => {
    expect(branchFault(name)).toBeTypeOf('string');
  });

  it.each(['main', 'release/1.2', 'mainsheet/prod/reviews', 'dependabot/npm/@types/node-20', 'a_b', 'feature#12', 'x'.repeat(244)])(
    '%s is one',
    (name) => {
      expect(branchFault(name)).toBeUndefined();
    },
  );

  it.each([
    ...['main', 'HEAD', 'HEAD~2', 'origin/main', 'v1.0^', 'v1.0^2~3', '0123456789abcdef0123456789abcdef01234567', '0123abc', '@'],
    ...['v1.0-3-g0123abc', '@{u}', '@{Upstream}~2', 'main@{u}', '@{push}', '@{-1}', 'HEAD@{1}', 'stash@{0}', 'stash@{0}^2', 'v1.0^{}'],
    ...['refs/heads/main', 'HEAD^{commit}'],
  ])('%s names a commit', (word) => {
    expect(revisionFault(word)).toBeUndefined();
  });

  it.each([
    ...['--output=x', 'a..b', 'a...', '..b', '^main', ':/fix', 'main:a.yaml', 'HEAD^{tree}', '', 'main -- x', 'HEAD^{/fix}', 'HEAD^@'],
    ...['@{yesterday}', 'main@{2.days.ago}', 'main@{-1}', '--x@{u}', '-@{1}', 'a b@{u}', '@{u}@{u}', '@{}', 'a@{u', '@{1}{2}', '..@{u}'],
  ])('%s does not', (word) => {
    expect(revisionFault(word)).toBeTypeOf('string');
  });

  it('accepts nothing that git would not', () => {
    const characters = fc.constantFrom(...'ab/.-_~^:@{}#= \t*[]?\\HEADlock,+'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 1, maxLength: 8 }), (name) => {
        if (branchFault(name) === undefined)
          expect(execFileSync('git', ['check-ref-format', '--branch', name], { encoding: 'utf8' }).trim()).toBe(name);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 300), seed: Number(process.env.FUZZ_SEED ?? 1) },
    );
  });
});
