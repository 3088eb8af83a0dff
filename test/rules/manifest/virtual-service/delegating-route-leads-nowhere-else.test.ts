import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found, routed } from './found.ts';

const code = 'MS5103';

describe('delegating-route-leads-nowhere-else', () => {
  it.each([
    ['a destination', '{delegate: {name: a}, route: [{destination: {host: reviews}}]}', ['MS5103 line 7: route']],
    ['a redirect', '{delegate: {name: a}, redirect: {uri: /b}}', ['MS5103 line 7: redirect']],
    [
      'both',
      'delegate: {name: a}\n  route: [{destination: {host: reviews}}]\n  redirect: {uri: /b}',
      ['MS5103 line 9: redirect', 'MS5103 line 8: route'],
    ],
  ])('error: a delegating route with %s', (_, route, findings) => {
    expect(found(routed(route), code)).toEqual(findings);
    expect(found(routed(route), code, '1.8')).toEqual(findings);
    expect(found(routed(route), code, '1.7')).toEqual([]);
  });

  it.each([
    ['nothing else', '{delegate: {name: a}}'],
    ['no destination', '{delegate: {name: a}, route: []}'],
    ['what Istio hands on', '{delegate: {name: a}, timeout: 1s, rewrite: {uri: /}, directResponse: {status: 404}}'],
    ['no delegate', '{route: [{destination: {host: reviews}}]}'],
  ])('fine: %s', (_, route) => {
    expect(found(routed(route), code)).toEqual([]);
  });

  it('leaves delegates to the rule about them', () => {
    expect(found(virtualService('http:\n- {delegate: {name: a}, redirect: {uri: /b}}'), code)).toEqual([]);
  });
});
