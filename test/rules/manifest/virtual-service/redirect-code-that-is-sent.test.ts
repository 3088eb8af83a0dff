import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5118';
const redirecting = (status: number) => routed(`redirect: {uri: /a, redirectCode: ${status}}`);

describe('redirect-code-that-is-sent', () => {
  it.each([300, 304, 305, 306, 309, 399])('warning: %d', (status) => {
    expect(found(redirecting(status), code)).toEqual([`MS5118 line 7: ${status}`]);
  });

  it.each([301, 302, 303, 307, 308])('fine: %d', (status) => {
    expect(found(redirecting(status), code)).toEqual([]);
  });

  it('fine: no code', () => {
    expect(found(routed('redirect: {uri: /a}'), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    const route = 'routes:\n  - match: {uri: {prefix: /a}}\n    redirect:\n      uri: /b\n      redirectCode: 304\n';
    expect(rendered(`${reviews}${route}`).findings).toEqual(['MS5118 line 9']);
  });
});
