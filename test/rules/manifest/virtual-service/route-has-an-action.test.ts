import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found, routed } from './found.ts';

const code = 'MS5111';

describe('route-has-an-action', () => {
  it.each([
    ['nothing', '{}'],
    ['a match', '{match: [{uri: {prefix: /a}}]}'],
    ['no destination', '{route: []}'],
    ['a timeout', '{timeout: 1s}'],
    ['a rewrite', '{rewrite: {uri: /}}'],
    ['a fault', '{fault: {abort: {httpStatus: 500}}}'],
    ['a mirror', '{mirror: {host: a}}'],
  ])('error: a route with %s', (_, route) => {
    expect(found(routed(route), code)).toEqual([`MS5111 line 7: ${route}`]);
    expect(found(routed(route), code, '1.0')).toHaveLength(1);
  });

  it.each([
    ['a destination', '{route: [{destination: {host: a}}]}'],
    ['a redirect', '{redirect: {uri: /a}}'],
    ['an answer', '{directResponse: {status: 404}}'],
    ['a delegate', '{delegate: {name: a}}'],
  ])('fine: a route with %s', (_, route) => {
    expect(found(routed(route), code)).toEqual([]);
  });

  it('holds for delegates, too, of whose delegates another rule speaks', () => {
    expect(found(virtualService('http:\n- timeout: 1s'), code)).toEqual(['MS5111 line 6: timeout: 1s']);
    expect(found(virtualService('http:\n- delegate: {name: a}'), code)).toEqual([]);
  });
});
