import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';

const on = (host: string) => destinationRule(`host: "${host}"`);
const entry = manifest(
  'ServiceEntry',
  'api',
  'hosts: [api.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS',
);
const found = (...texts: readonly string[]) =>
  checked(documents(...texts), { only: ['MS5708'] }).diagnostics.map(({ message, hints }) => [
    message.slice('DestinationRule bookinfo/reviews '.length),
    ...hints,
  ]);

describe('destination-rule-host-known', () => {
  it.each([
    ['reviews'],
    ['reviews.bookinfo.svc.cluster.local'],
    ['api.example.com'],
    ['reviews.other.svc.cluster.local'],
    ['*.local'],
    ['*'],
    ['*.shop.svc.cluster.local'],
  ])('fine: %s', (host) => {
    expect(found(on(host), service('reviews'), entry)).toEqual([]);
  });

  it('silent where nothing tells', () => {
    expect(found(on('reviews'))).toEqual([]);
    expect(found(on('api.example.com'))).toEqual([]);
  });

  it('warning: unknown, with help', () => {
    expect(found(on('reveiws'), service('reviews'))).toEqual([
      ['is for `reveiws`, but there is no service reveiws in the namespace bookinfo', 'did you mean `reviews`?'],
    ]);
    expect(found(on('www.example.com'), entry)).toEqual([['is for `www.example.com`, which no ServiceEntry declares']]);
    expect(found(on('cart.shop'), service('cart', [80], { namespace: 'shop' }))).toEqual([
      [
        'is for `cart.shop`, which Istio does not complete: with a dot in it, a name is taken as it is',
        'write `cart.shop.svc.cluster.local`',
      ],
    ]);
    expect(found(on('cart'), service('reviews'), service('cart', [80], { namespace: 'shop' }))[0]?.[1]).toBe(
      '`cart` is a service of the namespace shop: write `cart.shop.svc.cluster.local`',
    );
  });
});
