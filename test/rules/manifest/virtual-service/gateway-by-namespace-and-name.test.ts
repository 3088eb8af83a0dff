import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found } from './found.ts';

const route = 'route: [{destination: {host: reviews}}]';
const listed = (gateways: string) => virtualService(`gateways: [${gateways}]\nhosts: [reviews]\nhttp: [{${route}}]`);
const inMatch = (list: string, gateways: string) =>
  virtualService(
    `hosts: [reviews]\n${list}:\n- match: [{${list === 'tls' ? 'sniHosts: [reviews], ' : ''}gateways: [${gateways}]}]\n  ${route}`,
  );

const code = 'MS5109';

describe('gateway-by-namespace-and-name', () => {
  it.each([
    ['as a host', 'gw.shop.svc.cluster.local', 'write `shop/gw`'],
    ['with a dot', 'gw.shop', 'write `shop/gw`'],
    ['behind `mesh`, where Istio does not look', 'mesh, gw.shop', 'write `shop/gw`'],
    ['behind a slash', 'shop/gw, gw.shop', 'write `shop/gw`'],
  ])('warning: %s', (_, gateways, help) => {
    const name = gateways.split(', ').at(-1);
    expect(found(listed(gateways), code)).toEqual([`MS5109 line 5: ${name}`]);
    expect(checked(listed(gateways), { only: [code] }).diagnostics.flatMap(({ hints }) => hints)).toEqual([help]);
  });

  it('warning without help: nothing but a closing dot', () => {
    expect(checked(listed('gw.'), { only: [code] }).diagnostics.map(({ hints }) => hints)).toEqual([[]]);
  });

  it.each(['http', 'tls', 'tcp'])('warning: in a match of a %s route', (list) => {
    expect(found(inMatch(list, 'gw.shop'), code)).toEqual(['MS5109 line 7: gw.shop']);
  });

  it.each(['gw', 'mesh', 'shop/gw', 'shop/gw.a', 'gw.1'])('fine, or none of its business: %s', (name) => {
    expect(found(listed(name), code)).toEqual([]);
  });

  it('keeps silent where the form is no legacy', () => {
    expect(found(listed('gw.shop'), code, '1.8')).toHaveLength(1);
    expect(found(listed('gw.shop'), code, '1.7')).toEqual([]);
  });

  it('leads to the intent', () => {
    expect(rendered(`${reviews}routes:\n  - {match: {gateways: [gw.shop]}, to: v2}\n`).findings).toContain('MS5109 line 6');
  });
});
