import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';

const gateway = (hosts: string, name = 'gw', namespace = 'bookinfo') =>
  manifest('Gateway', name, `selector: {istio: x}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [${hosts}]}]`, {
    namespace,
  });
const bound = (hosts: string, gateways = 'gw') =>
  virtualService(`hosts: [${hosts}]\ngateways: [${gateways}]\nhttp: [{route: [{destination: {host: reviews}}]}]`);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5716'] });

describe('gateway-serves-host', () => {
  it.each([
    ['the same', bound('a.example.com'), gateway('a.example.com')],
    ['all', bound('a.example.com'), gateway('"*"')],
    ['a wildcard', bound('a.example.com'), gateway('"*.example.com"')],
    ['one beneath the wildcard of the route', bound('"*.example.com"'), gateway('a.example.com')],
    ['everything asked for', bound('"*"'), gateway('a.example.com')],
    ['in other letters', bound('A.example.com'), gateway('a.Example.com')],
    ['a short name by its whole one', bound('reviews'), gateway('reviews.bookinfo.svc.cluster.local')],
    ['for this namespace', bound('a.example.com'), gateway('bookinfo/a.example.com')],
    ['for all namespaces', bound('a.example.com'), gateway('"*/a.example.com"')],
    ["for the gateway's own", bound('a.example.com'), gateway('./a.example.com')],
    ['a name of the mesh beside', bound('reviews, a.example.com', 'mesh, gw'), gateway('a.example.com')],
    ['a gateway that is not known', bound('a.example.com', 'other/gw'), gateway('b.example.com')],
  ])('fine: it serves %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it.each([
    ['another', bound('a.example.com'), 'bookinfo/gw, which serves `b.example.com`', gateway('b.example.com')],
    ['one beneath it', bound('example.com'), 'bookinfo/gw, which serves `*.example.com`', gateway('"*.example.com"')],
    [
      'one for another namespace',
      bound('a.example.com'),
      'bookinfo/gw, which serves no host to its namespace',
      gateway('shop/a.example.com'),
    ],
    [
      'four others',
      bound('x.example.com'),
      'bookinfo/gw, which serves `a.com`, `b.com`, `c.com` and 1 more',
      gateway('a.com, b.com, c.com, d.com'),
    ],
  ])('warning: it serves %s', (_, route, by, other) => {
    const { findings, diagnostics } = found(route, other);
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5716 line 6'],
      `no host of VirtualService bookinfo/reviews is served by ${by}`,
    ]);
  });

  it('warning: of several gateways, the one that serves none; of several hosts, the one that none serves', () => {
    const texts = [bound('a.example.com, b.example.com', 'gw, other'), gateway('a.example.com'), gateway('c.example.com', 'other')];
    expect(found(...texts).diagnostics.map(({ message }) => message)).toEqual([
      'no host of VirtualService bookinfo/reviews is served by bookinfo/other, which serves `c.example.com`',
      'the host `b.example.com` of VirtualService bookinfo/reviews is served by none of its gateways (bookinfo/gw and bookinfo/other)',
    ]);
    expect(found(bound('a.example.com, b.example.com'), gateway('a.example.com')).findings).toEqual(['MS5716 line 5']);
  });
});
