import { describe, expect, it } from 'vitest';
import { httpGateway, reviews } from '../support/builders.ts';
import { rendered, routeLines } from '../support/rendered.ts';

const web = '---\nservice: web\nport: 80\n';
const shared = (hosts: string, services = reviews + web, options = {}) => rendered(`${services}${httpGateway}hosts:\n${hosts}`, options);

describe('hosts that several services share', () => {
  it('one root that delegates in the order written, each service a delegate with its own pins and shares', () => {
    const services = `${reviews}pins: [{user: jason, version: v2}]\n${web}`;
    const result = shared(
      '  shop.example.com: [{prefix: /api, service: reviews}, {exact: /ok, service: web, timeout: 2s}, {service: web}]\n',
      services,
    );
    expect(result.spec('VirtualService gw-shop-example-com')).toMatchObject({ hosts: ['shop.example.com'], gateways: ['gw'] });
    expect(routeLines(result.http('VirtualService gw-shop-example-com'))).toEqual([
      'uri^/api → delegate reviews-gw',
      'uri=/ok → delegate web-gw',
      'all → delegate web-gw',
    ]);
    expect(result.http('VirtualService gw-shop-example-com')[1]?.timeout).toBe('2s');
    expect(routeLines(result.http('VirtualService reviews-gw'))).toEqual(['end-user=jason → reviews:9080/v2', 'all → reviews:9080/v1']);
    expect(Object.keys(result.spec('VirtualService reviews-gw'))).toEqual(['http']);
  });

  it('a service that is exposed on the same gateway says there what its delegate does', () => {
    const services = `${reviews}expose: [{gateway: gw, name: own, routes: [{match: {uri: {prefix: /x}}, to: v2}]}]\n`;
    const result = shared('  shop.example.com: [{service: reviews}]\n', services);
    expect(routeLines(result.http('VirtualService own'))).toEqual(['uri^/x → reviews:9080/v2', 'all → reviews:9080/v1']);
  });

  it('a delegate in another namespace is named with it', () => {
    const result = shared('  shop.example.com: [{service: n9/far}]\n', 'service: far\nnamespace: n9\nport: 80\n');
    expect(result.http('VirtualService gw-shop-example-com')[0]?.delegate).toEqual({ name: 'far-gw', namespace: 'n9' });
    expect(result.titles).toContain('VirtualService n9/far-gw');
  });

  it('a delegate for each port that is named', () => {
    const services = 'service: m\nports: {http: 80, grpc: 90}\n';
    const result = shared('  shop.example.com: [{prefix: /a, service: m, port: grpc}, {service: m, port: 80}]\n', services);
    expect(routeLines(result.http('VirtualService gw-shop-example-com'))).toEqual([
      'uri^/a → delegate m-gw-grpc',
      'all → delegate m-gw-http',
    ]);
  });

  it('any host has a name that Kubernetes accepts', () => {
    expect(shared('  "*": [{service: web}]\n').titles).toContain('VirtualService gw-wildcard');
  });

  it('a wildcard beside one of its hosts is another virtual host', () => {
    const result = shared('  shop.example.com: [{service: web}]\n  "*.example.com": [{service: reviews}]\n');
    expect([result.ok, result.titles.includes('VirtualService gw-wildcard-example-com')]).toEqual([true, true]);
  });

  const first = 'shop.example.com: [{service: web}, {prefix: /x, service: reviews}]';
  const wide = `${reviews}routes: [{match: {uri: {prefix: /}}, timeout: 1s}]\n`;
  it.each([
    ['nothing after an entry that takes everything', `  ${first}\n`, reviews + web, 'MS5850 line 12'],
    ['an unknown service', '  a.b: [{service: wen}]\n', reviews + web, 'MS2002 line 12'],
    ['a service without http port', '  a.b: [{service: db}]\n', 'service: db\nports: {tcp: 1}\n', 'MS2040 line 7'],
    ['a route that is no narrower than the host entry', '  a.b: [{prefix: /a, service: reviews}]\n', wide, 'MS2053 line 10'],
    ['a pattern that meets another condition', '  a.b: [{match: {uri: {regex: "/a.*"}}, service: reviews}]\n', wide, 'MS2053 line 10'],
  ])('found: %s', (_, hosts, services, finding) => {
    expect(shared(hosts, services).findings).toEqual([finding]);
  });

  it('a host that no server serves', () => {
    const result = rendered(`${reviews}${httpGateway.replace('"*"', 'a.example')}hosts: {shop.example.com: [{service: reviews}]}\n`);
    expect(result.findings).toEqual(['MS2043 line 8']);
  });

  it('needs delegates: Istio 1.8', () => {
    expect(shared('  a.b: [{service: web}]\n', web, { istio: '1.8' }).ok).toBe(true);
    expect(shared('  a.b: [{service: web}]\n', web, { istio: '1.7' }).codes).toContain('MS2046');
  });
});
