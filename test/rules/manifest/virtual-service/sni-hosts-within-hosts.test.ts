import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5123';
const matching = (sni: string, hosts = 'mongo, "*.foo.com"', more = '') =>
  virtualService(`hosts: [${hosts}]\ntls:\n- match: [{sniHosts: [${sni}]}]\n  route: [{destination: {host: mongo}}]\n${more}`);

describe('sni-hosts-within-hosts', () => {
  it.each(['mongo', 'a.foo.com', '"*.foo.com"', '"*.a.foo.com"', '"*x.foo.com"', 'a.foo.com, mongo'])('fine: %s', (sni) => {
    expect(found(matching(sni), code)).toEqual([]);
  });

  it.each(['bar.com', 'foo.com', '"*.com"', '"*"', '"*foo.com"', 'a.foo.com.', 'Mongo', 'a.Foo.com', 'mongo2'])('error: %s', (sni) => {
    expect(found(matching(sni), code)).toEqual([`MS5123 line 7: ${sni}`]);
    expect(found(matching(sni), code, '1.1')).toHaveLength(1);
    expect(found(matching(sni), code, '1.0')).toEqual([]);
  });

  it('error: each name that is none, in each route', () => {
    const second = '- match: [{sniHosts: [mongo, c.com]}, {sniHosts: [d.com]}]\n  route: [{destination: {host: mongo}}]';
    expect(found(matching('a.com, mongo, b.com', 'mongo', second), code)).toEqual([
      'MS5123 line 7: a.com',
      'MS5123 line 7: b.com',
      'MS5123 line 9: c.com',
      'MS5123 line 9: d.com',
    ]);
  });

  it('fine: an address, which older meshes want among the hosts', () => {
    expect(found(matching('10.0.0.1'), code, '1.14')).toEqual([]);
    expect(found(matching('10.0.0.1'), code, '1.13')).toEqual(['MS5123 line 7: 10.0.0.1']);
    expect(found(matching('10.0.0.1', '10.0.0.1'), code, '1.13')).toEqual([]);
  });

  it('fine: all hosts of a gateway', () => {
    expect(found(matching('a.com, "*.b.com"', '"*"', 'gateways: [gw]'), code)).toEqual([]);
  });

  it('leaves delegates to the rule about them', () => {
    expect(found(matching('a.com', ''), code)).toEqual([]);
  });

  it.each([
    ['Mongo', 'mongo'],
    ['a.Foo.com', 'a.foo.com'],
    ['mongoo', 'mongo'],
  ])('helps: %s', (sni, meant) => {
    expect(checked(matching(sni), { only: [code] }).diagnostics.flatMap(({ hints }) => hints)).toEqual([`did you mean \`${meant}\`?`]);
  });
});
