import { describe, expect, it } from 'vitest';
import { decidingPattern, ignorePatterns } from '../../src/consume/source-ignore.ts';

/** Whether Flux leaves a file out; test/e2e/flux-build.test.ts asks its own code the same. */
function isLeftOut(text: string, path: string, domain: readonly string[] = []): boolean {
  const pattern = decidingPattern(ignorePatterns(text, domain), path.split('/'));
  return pattern !== undefined && !pattern.isInclusion;
}

describe('patterns of a .sourceignore', () => {
  it.each([
    'rendered',
    'rendered/',
    '/rendered',
    '/*',
    '*.yaml',
    '**/service',
    '**/prod/**/reviews.yaml',
    'rendered/prod/',
    'r?ndere[a-d]',
    '!rendered\nrendered',
    '# no\n\nservice\r\n',
  ])('leave out by %j', (text) => {
    expect(isLeftOut(text, 'rendered/prod/service/reviews.yaml')).toBe(true);
  });

  it.each(['', '# rendered', '/prod', '/*.yaml', 'service/*', 'reviews.yaml/', '[', '[z-a]', '/*\n!/rendered', '*\n!*.yaml'])(
    'leave alone by %j',
    (text) => {
      expect(isLeftOut(text, 'rendered/prod/service/reviews.yaml')).toBe(false);
    },
  );

  it('speak of what is beneath their own folder', () => {
    expect(isLeftOut('/prod', 'rendered/prod/a.yaml', ['rendered'])).toBe(true);
    expect(isLeftOut('prod', 'other/prod/a.yaml', ['rendered'])).toBe(false);
    expect(isLeftOut('*', 'rendered', ['rendered'])).toBe(false);
  });
});
