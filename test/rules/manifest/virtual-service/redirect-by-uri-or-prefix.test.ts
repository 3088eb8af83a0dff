import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5116';

describe('redirect-by-uri-or-prefix', () => {
  it('error: both', () => {
    const text = routed('redirect:\n    uri: /a\n    prefixRewrite: /b');
    expect(found(text, code)).toEqual(['MS5116 line 9: prefixRewrite']);
    expect(found(text, code, '1.31')).toHaveLength(1);
    expect(found(text, code, '1.30')).toEqual([]);
  });

  it.each(['{uri: /a}', '{prefixRewrite: /a}', '{uri: "", prefixRewrite: /a}', '{uri: /a, prefixRewrite: ""}'])('fine: %s', (redirect) => {
    expect(found(routed(`redirect: ${redirect}`), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    const route = 'routes:\n  - match: {uri: {prefix: /a}}\n    redirect: {uri: /b, prefixRewrite: /c}\n';
    expect(rendered(`${reviews}${route}`).findings).toEqual(['MS5116 line 7']);
  });
});
