import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5117';
const redirected = (matches: string) => routed(`redirect: {prefixRewrite: /b}\n  match:\n${matches.replaceAll(/^/gm, '  - ')}`);

describe('redirected-prefix-is-matched', () => {
  it.each([
    ['{uri: {exact: /a}}', ['MS5117 line 9: {exact: /a}']],
    ['{uri: {regex: /a}}', ['MS5117 line 9: {regex: /a}']],
    ['{uri: {}}', ['MS5117 line 9: {}']],
    ['{uri: {prefix: /a}}\n{uri: {exact: /b}}\n{uri: {exact: /c}}', ['MS5117 line 10: {exact: /b}', 'MS5117 line 11: {exact: /c}']],
  ])('error: %s', (matches, findings) => {
    expect(found(redirected(matches), code)).toEqual(findings);
    expect(found(redirected(matches), code, '1.31')).toEqual(findings);
    expect(found(redirected(matches), code, '1.30')).toEqual([]);
  });

  it.each(['{uri: {prefix: /a}}', '{uri: {prefix: ""}}', '{headers: {a: {exact: b}}}', '{}'])('fine: %s', (matches) => {
    expect(found(redirected(matches), code)).toEqual([]);
  });

  it('fine: no match, or no prefix to replace', () => {
    expect(found(routed('redirect: {prefixRewrite: /b}'), code)).toEqual([]);
    expect(found(routed('{redirect: {uri: /b}, match: [{uri: {exact: /a}}]}'), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    const route = 'routes:\n  - match: {uri: {exact: /a}}\n    redirect: {prefixRewrite: /c}\n';
    expect(rendered(`${reviews}${route}`).findings).toEqual(['MS5117 line 6']);
  });
});
