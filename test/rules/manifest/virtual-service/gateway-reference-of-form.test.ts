import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found } from './found.ts';

const route = 'route: [{destination: {host: reviews}}]';
const listed = (gateways: string) => virtualService(`gateways: [${gateways}]\nhosts: [reviews]\nhttp: [{${route}}]`);
const inMatch = (list: string, gateways: string) =>
  virtualService(
    `hosts: [reviews]\n${list}:\n- match: [{${list === 'tls' ? 'sniHosts: [reviews], ' : ''}gateways: [${gateways}]}]\n  ${route}`,
  );

const code = 'MS5107';

describe('gateway-reference-of-form', () => {
  it.each(['mesh', 'gw', 'shop/gw', 'gw.shop.svc.cluster.local', 'gw.shop.', 'A/B', `${'a'.repeat(63)}/b`])('fine: %s', (name) => {
    expect(found(listed(name), code)).toEqual([]);
  });

  it.each([
    'a/b/c',
    '/gw',
    'shop/',
    'shop/gw.a',
    './gw',
    'a_b',
    'a b',
    '1',
    'gw.1',
    '.',
    'a..b',
    '-a',
    `${'a'.repeat(64)}`,
    `shop/${'a'.repeat(64)}`,
  ])('error: %s', (name) => {
    expect(found(listed(`"${name}"`), code)).toEqual([`MS5107 line 5: "${name}"`]);
  });

  it('error: an empty name', () => {
    expect(found(listed('""'), code)).toEqual(['MS5107 line 5: ""']);
  });

  it.each(['http', 'tls', 'tcp'])('error: in a match of a %s route', (list) => {
    expect(found(inMatch(list, 'shop/gw, a_b'), code)).toEqual(['MS5107 line 7: a_b']);
  });

  it('looks where Istio looks: up to the first name without a slash', () => {
    expect(found(listed('a_b/c, gw, d_e/f'), code)).toEqual(['MS5107 line 5: a_b/c']);
    expect(found(listed('a_b, c_d'), code)).toEqual(['MS5107 line 5: a_b']);
    expect(found(listed('a/b, c/d, e/f_g'), code)).toEqual(['MS5107 line 5: e/f_g']);
  });

  it('leads to the intent', () => {
    expect(rendered(`${reviews}routes:\n  - {match: {gateways: [a/b/c]}, to: v2}\n`).findings).toContain('MS5107 line 6');
  });
});
