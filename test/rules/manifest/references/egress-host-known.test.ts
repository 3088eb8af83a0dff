import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';

const importing = (...hosts: readonly string[]) =>
  manifest('Sidecar', 'default', `egress:\n- hosts:\n${hosts.map((host) => `  - "${host}"`).join('\n')}`);
const entry = (exportTo = '*') =>
  manifest(
    'ServiceEntry',
    'api',
    `hosts: [api.example.com]\nexportTo: ["${exportTo}"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS`,
    { namespace: 'shop' },
  );
const around = [service('reviews'), service('cart', [80], { namespace: 'shop' }), entry()];
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5723'] });
const lacks = (...texts: readonly string[]) =>
  found(...texts).diagnostics.map(({ message }) => message.replace('Sidecar bookinfo/default imports ', ''));

describe('egress-host-known', () => {
  it.each([
    ['./*'],
    ['*/*'],
    ['shop/*'],
    ['./reviews.bookinfo.svc.cluster.local'],
    ['shop/cart.shop.svc.cluster.local'],
    ['*/cart.shop.svc.cluster.local'],
    ['shop/api.example.com'],
    ['*/*.example.com'],
    ['other/pay.other.svc.cluster.local'],
    ['~bookinfo/nothing.bookinfo.svc.cluster.local'],
    ['~/*'],
  ])('fine: %s', (host) => {
    expect(lacks(importing(host), ...around)).toEqual([]);
  });

  it.each([
    ['./reveiws.bookinfo.svc.cluster.local', 'and the mesh knows no such host'],
    ['shop/reviews.bookinfo.svc.cluster.local', 'and that host belongs to the namespace bookinfo'],
    ['bookinfo/api.example.com', 'and that host belongs to the namespace shop'],
    ['*/www.example.com', 'and the mesh knows no such host'],
  ])('warning: %s', (host, lack) => {
    expect(lacks(importing('./*', host), ...around)).toEqual([`\`${host}\`, ${lack}`]);
    expect(found(importing('./*', host), ...around).findings).toEqual(['MS5723 line 8']);
  });

  it('warning: not exported to the Sidecar', () => {
    expect(lacks(importing('shop/api.example.com'), entry('.'))).toEqual(['`shop/api.example.com`, which is not exported to bookinfo']);
  });

  it('helps with a name nearby', () => {
    expect(found(importing('./reveiws.bookinfo.svc.cluster.local'), ...around).diagnostics[0]?.hints).toEqual([
      'did you mean `reviews.bookinfo.svc.cluster.local`?',
    ]);
  });
});
