import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5101';
const http = 'http: [{route: [{destination: {host: reviews}}]}]';
const tcp = 'tcp: [{route: [{destination: {host: reviews}}]}]';
const tls = 'tls: [{match: [{sniHosts: [reviews]}], route: [{destination: {host: reviews}}]}]';

describe('delegate-has-http-routes-alone', () => {
  it.each([
    ['gateways', `${http}\ngateways: [mesh]`, ['MS5101 line 6: gateways']],
    ['tcp alone', `hosts: []\n${tcp}`, ['MS5101 line 6: tcp']],
    ['everything', `${http}\n${tls}\n${tcp}\ngateways: [gw]`, ['MS5101 line 8: gateways', 'MS5101 line 6: tls', 'MS5101 line 7: tcp']],
  ])('error: a delegate with %s', (_, spec, findings) => {
    expect(found(virtualService(spec), code)).toEqual(findings);
  });

  it.each([
    ['a delegate with http alone', http],
    ['empty lists', `${http}\ngateways: []\ntls: []\ntcp: []`],
    ['hosts', `hosts: [reviews]\ngateways: [mesh]\n${tcp}`],
  ])('fine: %s', (_, spec) => {
    expect(found(virtualService(spec), code)).toEqual([]);
  });

  it('does not speak of delegates where there are none', () => {
    expect(found(virtualService(`${http}\ngateways: [mesh]`), code, '1.8')).toHaveLength(1);
    expect(found(virtualService(`${http}\ngateways: [mesh]`), code, '1.7')).toEqual([]);
  });
});
