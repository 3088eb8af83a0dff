import { describe, expect, it } from 'vitest';
import { quoteRe2, readRe2 } from '../../src/istio/re2.ts';

function matches(pattern: string, text: string): boolean {
  const reading = readRe2(pattern);
  return reading.kind === 'read' && reading.re2.matches(text);
}

describe('RE2 patterns', () => {
  it.each([
    ['/a', '/a', true],
    ['/a', '/ab', false],
    ['/a', 'x/a', false],
    ['a|ab', 'ab', true],
    ['.*', '', true],
    ['.', '\n', false],
    ['(?i)k', '\u212a', true],
    ['\\pL+', 'é', true],
    ['.', '😀', true],
  ])('%s on %j: %s, always the whole text', (pattern, text, wanted) => {
    expect(matches(pattern, text)).toBe(wanted);
  });

  it('stays quick where backtracking would not', () => {
    expect(matches('(a+)+$', `${'a'.repeat(50_000)}b`)).toBe(false);
    expect(matches('(a|a)*', `${'a'.repeat(50_000)}b`)).toBe(false);
  });

  it('quotes any text', () => {
    for (const text of ['a.b', '\\E*', '[x]{2}^$|()+?', 'é😀']) expect(matches(quoteRe2(text), text)).toBe(true);
  });

  it('one name for two groups is legal RE2 that this reader cannot run', () => {
    expect(readRe2('(?P<n>a)(?P<n>b)').kind).toBe('unread');
  });
});
