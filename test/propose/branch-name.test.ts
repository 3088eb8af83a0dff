import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PullRequestKey } from '../../src/model/pull-request.ts';
import { branchName } from '../../src/propose/branch-name.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'ab-./ _+=@{~^:?*[\\AB'), maxLength: 12 }),
  fc.constantFrom(
    '.lock',
    'a.lock',
    '..',
    '-',
    '--force',
    '_environment',
    '_all',
    '@',
    'HEAD',
    'a//b',
    'É',
    'x'.repeat(300),
    `${'x'.repeat(300)}y`,
  ),
);
/** An environment is the name of a folder, and never begins with a slash. */
const keys: fc.Arbitrary<PullRequestKey> = fc.record(
  { environment: hostile.filter((name) => !name.startsWith('/')), subject: hostile, root: hostile },
  { requiredKeys: ['environment'] },
);

/** Git's own rules (git-check-ref-format) and what file systems ignore. */
function fault(branch: string): string | undefined {
  const parts = branch.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.') || part.endsWith('.lock'))) return 'part';
  if (parts.some((part) => part.length > 200)) return 'length';
  if (/\.\.|@\{|[^\x21-\x7e]|[~^:?*[\\]/.test(branch)) return 'character';
  return branch === branch.toLowerCase() ? undefined : 'case';
}

describe('the branch of a key', () => {
  it('is what people would type', () => {
    expect(branchName({ environment: 'prod', subject: 'reviews' })).toBe('mainsheet/prod/reviews');
    expect(branchName({ environment: 'prod', subject: 'bookinfo/reviews' })).toBe('mainsheet/prod/bookinfo=reviews');
    expect(branchName({ environment: 'prod', subject: 'external payments' })).toBe('mainsheet/prod/external+payments');
    expect(branchName({ environment: 'prod' })).toBe('mainsheet/prod/_environment');
    expect(branchName({ environment: '*' })).toBe('mainsheet/_all/_environment');
    expect(branchName({ environment: 'eu-1.prod', subject: 'a.lock' })).toBe('mainsheet/eu-1.prod/a_2e_lock');
    expect(branchName({ environment: 'prod', subject: 'reviews', root: 'teams/stars' })).toBe('mainsheet/=teams=stars/prod/reviews');
  });

  it('is legal, and no folder of another, whatever names say', () => {
    fc.assert(
      fc.property(
        keys.filter(({ environment, subject }) => environment !== '' && subject !== ''),
        (key) => {
          const branch = branchName(key);
          expect([branch, fault(branch)]).toEqual([branch, undefined]);
          expect(branch.split('/')).toHaveLength(key.root === undefined ? 3 : 4);
        },
      ),
      { numRuns: 500, seed: 5 },
    );
  });

  it('is another one for another key', () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const same = a.environment === b.environment && a.subject === b.subject && a.root === b.root;
        expect(branchName(a) === branchName(b)).toBe(same);
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it('passes git', () => {
    const branches = fc.sample(
      keys.filter(({ environment, subject }) => environment !== '' && subject !== ''),
      { numRuns: 20, seed: 7 },
    );
    for (const key of branches) execFileSync('git', ['check-ref-format', '--branch', branchName(key)]);
  });
});
