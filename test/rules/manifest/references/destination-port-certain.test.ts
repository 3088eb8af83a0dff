import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, virtualService } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';

const to = (host: string, more = '') => virtualService(`hosts: [reviews]\n${more}\nhttp: [{route: [{destination: {host: ${host}}}]}]`);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5706'] });

describe('destination-port-certain', () => {
  it.each([
    // Istio's own analyzer refuses this one; the listener's port is always one of the host's.
    ['a host with several ports to itself', to('reviews'), service('reviews', [80, 9080])],
    ['one port', to('ratings'), service('ratings', [8080])],
    [
      'a port that is said',
      virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: ratings, port: {number: 80}}}]}]'),
      service('ratings', [80, 8080]),
    ],
    ['nothing tells of its ports', to('ratings')],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('warning: several ports, and nothing tells where requests arrive', () => {
    const { findings, diagnostics } = found(to('ratings', 'gateways: [gw]'), service('ratings', [80, 8080]));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5706 line 7'],
      'VirtualService bookinfo/reviews leads to ratings.bookinfo.svc.cluster.local, which has ports 80 and 8080, and does not say which',
    ]);
    expect(found(virtualService('http: [{route: [{destination: {host: ratings}}]}]'), service('ratings', [80, 8080])).codes).toEqual([
      'MS5706',
    ]);
  });

  it('warning: requests arrive on ports of which it has some', () => {
    const { diagnostics } = found(to('ratings'), service('reviews', [9080, 9081]), service('ratings', [9080]));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'VirtualService bookinfo/reviews leads to ratings.bookinfo.svc.cluster.local without a port: it has port 9080, and some requests arrive on 9081',
    ]);
  });
});
