import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { ingressGateway, service } from '../../../support/cluster-objects.ts';

const gateway = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
);
const cart = (exportTo: string) =>
  service('cart', [80], { namespace: 'shop', annotations: `{networking.istio.io/exportTo: "${exportTo}"}` });
const route = (more: string, namespace = 'bookinfo') =>
  manifest(
    'VirtualService',
    'cart',
    `hosts: [cart.example.com]\n${more}\nhttp: [{route: [{destination: {host: cart.shop.svc.cluster.local}}]}]`,
    {
      namespace,
    },
  );
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5703'] });

describe('destination-host-visible', () => {
  it.each([
    ['to everyone', route(''), cart('*')],
    ['to this namespace, among others', route(''), cart('frontend, bookinfo')],
    ['to its own namespace, where the route is', route('', 'shop'), cart('.')],
    ['to its own namespace, where the route is followed', route('exportTo: [shop]'), cart('.')],
    ['to one of those who follow the route', route('exportTo: [shop, frontend]'), cart('shop')],
  ])('fine: exported %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it.each([
    ['to others', route(''), cart('frontend')],
    ['to its own namespace', route(''), cart('.')],
    ['to nobody', route('', 'shop'), cart('~')],
    ['to none of those who follow the route', route('exportTo: [frontend]'), cart('bookinfo')],
  ])('error: exported %s', (_, ...texts) => {
    expect(found(...texts).findings).toEqual(['MS5703 line 7']);
  });

  it('asks for the namespace of the pods of a gateway, and says nothing where these are not shown', () => {
    const bound = route('gateways: [gw]');
    expect(found(bound, gateway, ingressGateway, cart('bookinfo')).diagnostics.map(({ message }) => message)).toEqual([
      'VirtualService bookinfo/cart leads to `cart.shop.svc.cluster.local`, which is exported to bookinfo and not to istio-system, where the route is followed',
    ]);
    expect(found(bound, gateway, ingressGateway, cart('istio-system')).codes).toEqual([]);
    expect(found(bound, gateway, cart('bookinfo')).codes).toEqual([]);
  });

  it('error: a ServiceEntry that stays at home', () => {
    const entry = manifest(
      'ServiceEntry',
      'cart',
      'hosts: [cart.shop.svc.cluster.local]\nexportTo: ["."]\nports: [{number: 80, name: http, protocol: HTTP}]',
      {
        namespace: 'shop',
      },
    );
    const [finding] = found(route(''), entry).diagnostics;
    expect([finding?.code, finding?.related.map(({ message }) => message)]).toEqual(['MS5703', ['it is exported here']]);
  });
});
