import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';

const reviews = service('reviews', [9080]);
const gateway = (port: string) => manifest('Gateway', 'gw', `selector: {istio: x}\nservers: [{port: ${port}, hosts: ["*"]}]`);
const http80 = gateway('{number: 80, name: http, protocol: HTTP}');
const to = (host: string, more = '', match = '') =>
  virtualService(
    `hosts: [reviews]\n${more}\nhttp: [{${match === '' ? '' : `match: [${match}], `}route: [{destination: {host: ${host}}}]}]`,
  );
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5705'] });

describe('destination-port-given', () => {
  it.each([
    ["the host's own ports", to('reviews'), service('reviews', [80, 9080])],
    ['the same port', to('ratings'), reviews, service('ratings', [9080])],
    ['one of the ports', to('ratings'), service('reviews', [9080, 9081]), service('ratings', [9081])],
    ['one port behind a gateway', to('ratings', 'gateways: [gw]'), http80, reviews, service('ratings', [8080])],
    ["the gateway's own port among several", to('ratings', 'gateways: [gw]'), http80, reviews, service('ratings', [80, 8080])],
    ['a gateway that nothing tells of', to('ratings', 'gateways: [gw]'), reviews, service('ratings', [443, 8080])],
    ['a routed host that nothing tells of', to('ratings'), service('ratings', [8080])],
    [
      'one port of tcp',
      virtualService('hosts: [reviews]\ntcp: [{route: [{destination: {host: ratings}}]}]'),
      service('reviews', ['name: tcp, port: 9080']),
      service('ratings', ['name: tcp, port: 9081']),
    ],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('error: a sidecar leads on by the port on which it was called, even where the host has one port only', () => {
    const { findings, diagnostics } = found(to('ratings'), reviews, service('ratings', [8080]));
    expect(findings).toEqual(['MS5705 line 7']);
    expect([diagnostics[0]?.message, diagnostics[0]?.hints]).toEqual([
      "VirtualService bookinfo/reviews leads to ratings.bookinfo.svc.cluster.local without a port: it has port 8080, and the route's requests arrive on 9080",
      ['write `port: {number: 8080}`'],
    ]);
  });

  it.each([
    ['several ports, none of them the listener’s', to('ratings'), reviews, service('ratings', [80, 8080])],
    ["the listener's port is narrowed", to('ratings', '', '{port: 9081}'), service('reviews', [9080, 9081]), service('ratings', [9080])],
    ['several ports behind a gateway', to('ratings', 'gateways: [gw]'), http80, reviews, service('ratings', [443, 8080])],
    [
      'a mirror',
      virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}], mirror: {host: ratings}}]'),
      reviews,
      service('ratings', [8080]),
    ],
    [
      'several ports of tcp',
      virtualService('hosts: [reviews]\ntcp: [{route: [{destination: {host: ratings}}]}]'),
      service('reviews', ['name: tcp, port: 9080']),
      service('ratings', ['name: tcp, port: 1', 'name: tcp-2, port: 2']),
    ],
  ])('error: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual(['MS5705']);
  });

  it('counts the servers that carry the kind of route, and the ports of its protocol', () => {
    const tls = manifest(
      'Gateway',
      'gw',
      'selector: {istio: x}\nservers: [{port: {number: 443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}]',
    );
    expect(found(to('ratings', 'gateways: [gw]'), tls, reviews, service('ratings', [81, 8080])).codes).toEqual([]);
    const mixed = service('reviews', ['name: http, port: 9080', 'name: tcp-admin, port: 8080']);
    expect(found(to('ratings'), mixed, service('ratings', [8080])).codes).toEqual(['MS5705']);
  });

  it('says nothing of delegates, whose conditions their roots narrow', () => {
    const root = manifest('VirtualService', 'root', 'hosts: [reviews]\nhttp: [{match: [{port: 9080}], delegate: {name: reviews}}]');
    expect(
      found(virtualService('http: [{route: [{destination: {host: ratings}}]}]'), root, reviews, service('ratings', [8080])).codes,
    ).toEqual([]);
  });
});
