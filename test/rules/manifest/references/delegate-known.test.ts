import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const inBeta = (text: string) => text.replaceAll('.istio.io/v1\n', '.istio.io/v1beta1\n');
const root = (delegate: string) => manifest('VirtualService', 'root', `hosts: [shop.example.com]\nhttp:\n- delegate: {${delegate}}`);
const delegate = (spec = '', { name = 'cart', namespace = 'bookinfo' } = {}) =>
  manifest('VirtualService', name, `${spec}\nhttp: [{route: [{destination: {host: cart}}]}]`, { namespace });
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5722'] });
const lacks = (...texts: readonly string[]) =>
  found(...texts).diagnostics.map(({ message }) => message.replace('a route of VirtualService bookinfo/root delegates to ', ''));

describe('delegate-known', () => {
  it.each([
    ['in the same namespace', root('name: cart'), delegate()],
    ['in another', root('name: cart, namespace: shop'), delegate('', { namespace: 'shop' })],
    ['in another, exported there', root('name: cart, namespace: shop'), delegate('exportTo: [bookinfo]', { namespace: 'shop' })],
    ['at home, for home', root('name: cart'), delegate('exportTo: ["."]')],
    ['of a namespace that nothing tells of', root('name: cart, namespace: shop')],
    ['of which nothing but the root tells', root('name: cart')],
  ])('fine: a delegate %s', (_, ...texts) => {
    expect(lacks(...texts)).toEqual([]);
  });

  it.each([
    [
      'missing',
      '`cart`, but there is no VirtualService of that name in the namespace bookinfo',
      root('name: cart'),
      delegate('', { name: 'pay' }),
    ],
    [
      'missing where others are',
      '`cart`, but there is no VirtualService of that name in the namespace shop',
      root('name: cart, namespace: shop'),
      delegate('', { name: 'pay', namespace: 'shop' }),
    ],
    [
      'with hosts',
      'VirtualService bookinfo/cart, which has hosts of its own and so is no delegate',
      root('name: cart'),
      delegate('hosts: [cart]'),
    ],
    [
      'that stays at home',
      'VirtualService shop/cart, which is exported to shop and not to bookinfo',
      root('name: cart, namespace: shop'),
      delegate('exportTo: ["."]', { namespace: 'shop' }),
    ],
  ])('error: a delegate %s', (_, lack, ...texts) => {
    expect(lacks(...texts)).toEqual([lack]);
    expect(found(...texts).findings).toEqual(['MS5722 line 7']);
  });

  it('helps with a name nearby', () => {
    expect(found(root('name: crat'), delegate()).diagnostics[0]?.hints).toEqual(['did you mean `cart`?']);
  });

  it('holds from 1.8 on, when delegates came', () => {
    const texts = documents(root('name: cart'), delegate('', { name: 'pay' }));
    expect(checked(inBeta(texts), { istio: '1.8', only: ['MS5722'] }).codes).toEqual(['MS5722']);
    expect(checked(inBeta(texts), { istio: '1.7', only: ['MS5722'] }).codes).toEqual([]);
  });
});
