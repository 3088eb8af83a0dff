import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { ingressGateway } from '../../../support/cluster-objects.ts';

const only = ['MS5808'];

/** Seven lines, the route on the seventh. */
function routed(name: string, route = '', { hosts = '"*"', more = '', to = name } = {}) {
  const destination = `route: [{destination: {host: ${to}, port: {number: 80}}}]`;
  return manifest('VirtualService', name, `hosts: [${hosts}]\ngateways: [gw]\nhttp: [${more}{${route}${destination}}]`);
}

const two = (one: string, other: string) => checked(documents(routed('one', one), routed('two', other)), { only });

describe('one-catch-all-per-virtual-host', () => {
  it.each([
    ['no match', '', ''],
    ['the root path, as prefix and as pattern', 'match: [{uri: {prefix: /}}], ', 'match: [{uri: {regex: ".*"}}], '],
    ['a match without conditions', 'match: [{name: all}], ', ''],
    ['one of several alternatives', 'match: [{uri: {exact: /a}}, {uri: {prefix: /}}], ', ''],
  ])('error: %s', (_, one, other) => {
    const { findings, diagnostics } = two(one, other);
    expect(findings).toEqual(['MS5808 line 15']);
    expect(diagnostics[0]?.message).toBe(
      'VirtualService bookinfo/two and VirtualService bookinfo/one both take everything that is left of all hosts on the gateway bookinfo/gw',
    );
  });

  it.each([
    ['a path', 'match: [{uri: {prefix: /api}}], ', ''],
    ['a method', 'match: [{method: {exact: GET}}], ', ''],
    ['a header', 'match: [{uri: {prefix: /}, headers: {x: {}}}], ', ''],
    ['a header that must be absent', 'match: [{withoutHeaders: {x: {}}}], ', ''],
    ['a port', 'match: [{port: 80}], ', ''],
    ['another gateway', 'match: [{gateways: [other]}], ', ''],
  ])('fine: one of them asks for %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual([]);
  });

  it('fine: other hosts; both lead to the same', () => {
    expect(checked(documents(routed('one', '', { hosts: 'a.example.com' }), routed('two', '', { hosts: '"*"' })), { only }).codes).toEqual(
      [],
    );
    expect(checked(documents(routed('one'), routed('two', '', { to: 'one' })), { only }).codes).toEqual([]);
  });

  describe('across Gateways', () => {
    const gateway = (
      name: string,
      host: string,
      { selector = 'istio: ingressgateway', port = 'number: 80, name: http, protocol: HTTP' } = {},
    ) => manifest('Gateway', name, `selector: {${selector}}\nservers: [{port: {${port}}, hosts: ["${host}"]}]`);
    const routes = ['a', 'b'].map((name) => routed(name, '', { hosts: 'a.com' }).replace('gateways: [gw]', `gateways: [${name}]`));
    const found = (...texts: readonly string[]) => checked(documents(...routes, ...texts), { only });

    it('error: of the same selector, of one port', () => {
      const { findings, diagnostics } = found(gateway('a', '*.com'), gateway('b', 'a.com'));
      expect(findings).toEqual(['MS5808 line 15']);
      expect(diagnostics[0]?.message).toBe(
        'VirtualService bookinfo/b and VirtualService bookinfo/a both take everything that is left of a.com on the gateways bookinfo/a and bookinfo/b, which Istio joins',
      );
      expect(found(gateway('a', 'a.com'), gateway('b', 'a.com')).findings).toEqual(['MS5808 line 15']);
    });

    it('error: of other selectors for the same pods', () => {
      const more = { selector: 'app: istio-ingressgateway' };
      expect(found(gateway('a', '*.com'), gateway('b', 'a.com', more)).findings).toEqual([]);
      expect(found(gateway('a', '*.com'), gateway('b', 'a.com', more), ingressGateway).findings).toEqual(['MS5808 line 15']);
    });

    it('fine: of other pods, other ports, or with TLS', () => {
      const other = { selector: 'istio: egressgateway' };
      expect(found(gateway('a', '*.com'), gateway('b', 'a.com', other)).findings).toEqual([]);
      expect(found(gateway('a', '*.com'), gateway('b', 'a.com', other), ingressGateway).findings).toEqual([]);
      expect(found(gateway('a', '*.com'), gateway('b', 'a.com', { port: 'number: 81, name: http, protocol: HTTP' })).findings).toEqual([]);
      const tls = { port: 'number: 443, name: https, protocol: HTTPS' };
      const secured = (name: string, host: string) =>
        gateway(name, host, tls).replace('hosts: [', 'tls: {mode: SIMPLE, credentialName: c}, hosts: [');
      expect(found(secured('a', '*.com'), secured('b', 'a.com')).findings).toEqual([]);
    });

    it('a VirtualService of both Gateways does not meet itself', () => {
      const both = routed('a', '', { hosts: 'a.com' }).replace('gateways: [gw]', 'gateways: [a, b]');
      expect(checked(documents(both, gateway('a', '*.com'), gateway('b', 'a.com')), { only }).findings).toEqual([]);
    });
  });

  it('of three, each later one is named once', () => {
    expect(checked(documents(routed('one'), routed('two'), routed('three')), { only }).findings).toEqual([
      'MS5808 line 15',
      'MS5808 line 23',
    ]);
  });
});
