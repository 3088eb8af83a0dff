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

const code = 'MS5108';

describe('unread-gateway-reference-of-form', () => {
  it.each([
    ['behind `mesh`', 'mesh, a_b', ['MS5108 line 5: a_b']],
    ['with a slash', 'mesh, a_b/c', ['MS5108 line 5: a_b/c']],
    ['behind a name without a slash', 'shop/gw, gw, a/b/c, shop/gw', ['MS5108 line 5: a/b/c']],
    ['behind a name that Istio refuses', 'a_b, c_d', ['MS5108 line 5: c_d']],
    ['empty', 'mesh, ""', ['MS5108 line 5: ""']],
  ])('warning: %s', (_, gateways, findings) => {
    expect(found(listed(gateways), code)).toEqual(findings);
  });

  it.each(['http', 'tls', 'tcp'])('warning: in a match of a %s route', (list) => {
    expect(found(inMatch(list, 'mesh, a_b'), code)).toEqual(['MS5108 line 7: a_b']);
  });

  it('fine: good names, or bad ones that Istio refuses', () => {
    expect(found(listed('mesh, shop/gw, gw'), code)).toEqual([]);
    expect(found(listed('a_b/c, d_e'), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    expect(rendered(`${reviews}routes:\n  - {match: {uri: {prefix: /a}, gateways: [mesh, a_b]}, to: v2}\n`).findings).toEqual([
      'MS5108 line 6',
    ]);
  });
});
