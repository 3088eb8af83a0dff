import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5119';
const rewriting = (rewrite: string) => routed(`route: [{destination: {host: a}}]\n  rewrite: ${rewrite}`);

describe('one-path-rewrite', () => {
  it('error: as a whole and by a regex', () => {
    const text = rewriting('{uri: /, uriRegexRewrite: {match: a, rewrite: b}}');
    expect(found(text, code)).toEqual(['MS5119 line 8: uriRegexRewrite']);
    expect(found(text, code, '1.19')).toHaveLength(1);
    expect(found(text, code, '1.18')).toEqual([]);
  });

  it.each([
    '{uri: /}',
    '{uri: /, authority: a.com}',
    '{uriRegexRewrite: {match: a, rewrite: b}, authority: a.com}',
    '{uri: "", uriRegexRewrite: {match: a, rewrite: b}}',
  ])('fine: %s', (rewrite) => {
    expect(found(rewriting(rewrite), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    const rewrite = 'rewrite:\n  uri: /\n  uriRegexRewrite: {match: a, rewrite: b}\n';
    expect(rendered(`${reviews}${rewrite}`).findings).toEqual(['MS5119 line 7']);
  });
});
