import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5106';
const name = 'outbound_.9080_.v1_.reviews.bookinfo.svc.cluster.local';
const matching = (hosts: string, gateways: string, sni = name) =>
  virtualService(
    `hosts: [${hosts}]\ngateways: [${gateways}]\ntls:\n- match: [{sniHosts: [${sni}]}]\n  route: [{destination: {host: reviews}}]`,
  );

describe('internal-name-at-gateways-alone', () => {
  it.each([
    ['matched at a gateway', matching('"*.local"', 'gw')],
    ['matched without any gateway, which Istio accepts', matching('"*.local"', '')],
    ['a host that is matched at a gateway', matching(name, 'gw')],
    ['other hosts', matching('reviews', 'gw, mesh', 'reviews')],
  ])('fine: %s', (_, text) => {
    expect(found(text, code)).toEqual([]);
  });

  it.each([
    ['matched in the mesh', matching('"*.local"', 'gw, mesh'), [`MS5106 line 8: ${name}`]],
    ['a host of the mesh', matching(name, 'gw, mesh'), [`MS5106 line 5: ${name}`, `MS5106 line 8: ${name}`]],
    ['a host without any gateway', matching(name, ''), [`MS5106 line 5: ${name}`]],
    [
      'a host without tls routes',
      virtualService(`hosts: [${name}]\ngateways: [gw]\nhttp: [{route: [{destination: {host: reviews}}]}]`),
      [`MS5106 line 5: ${name}`],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(found(text, code)).toEqual(findings);
  });

  it('error: an Istio that does not know the form', () => {
    expect(found(matching('"*.local"', 'gw'), code, '1.24')).toEqual([]);
    expect(found(matching('"*.local"', 'gw'), code, '1.23')).toEqual([`MS5106 line 8: ${name}`]);
  });
});
