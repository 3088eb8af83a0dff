import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { found, routed } from './found.ts';

const code = 'MS5112';
const route = 'route: [{destination: {host: reviews}}]';
const redirect = 'redirect: {uri: /b}';
const answer = 'directResponse: {status: 404}';

describe('one-action-per-route', () => {
  it.each([
    [route, redirect, 'redirect'],
    [redirect, route, 'route'],
    [route, answer, 'directResponse'],
    [answer, redirect, 'redirect'],
  ])('error: %s beside %s', (one, other, last) => {
    expect(found(routed(`${one}\n  ${other}`), code)).toEqual([`MS5112 line 8: ${last}`]);
  });

  it('error: all three, said once', () => {
    const { diagnostics } = checked(routed(`${route}\n  ${answer}\n  ${redirect}`), { only: [code] });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'a route of VirtualService bookinfo/reviews has `route`, `directResponse` and `redirect`',
    ]);
  });

  it.each([route, redirect, answer, `route: []\n  ${redirect}`, `delegate: {name: a}\n  ${answer}`])('fine: %s', (one) => {
    expect(found(routed(one), code)).toEqual([]);
  });

  it('leaves routes that delegate to the rule about them, but not those of a delegate', () => {
    expect(found(routed(`delegate: {name: a}\n  ${route}\n  ${redirect}`), code)).toEqual([]);
    expect(found(virtualService(`http:\n- ${route}\n  ${redirect}`), code)).toEqual(['MS5112 line 7: redirect']);
  });
});
