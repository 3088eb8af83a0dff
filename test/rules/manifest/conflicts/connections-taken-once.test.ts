import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5809'];

/** Seven lines, the routes on the seventh. */
const routed = (name: string, routes: string, gateways = 'gw') =>
  manifest('VirtualService', name, `hosts: ["*"]\ngateways: [${gateways}]\n${routes.replace('TO', `[{destination: {host: ${name}}}]`)}`);
const gateway = (...servers: readonly string[]) =>
  manifest('Gateway', 'gw', `selector: {istio: ingressgateway}\nservers: [${servers.join(', ')}]`);
const server = (protocol: string, number: number, more = '') =>
  `{port: {number: ${number}, name: p${number}, protocol: ${protocol}}, hosts: ["*"]${more}}`;
const tcp = (match = '') => `tcp: [{${match}route: TO}]`;
const tls = (sni: string, more = '') => `tls: [{match: [{sniHosts: [${sni}]${more}}], route: TO}]`;
const two = (one: string, other: string, ...more: readonly string[]) =>
  checked(documents(routed('one', one), routed('two', other), ...more), { only });

describe('connections-taken-once', () => {
  it.each([
    ['one port', tcp('match: [{port: 31400}], '), tcp('match: [{port: 31400}], '), [], 'the connections to port 31400'],
    ['the only TCP server', tcp(), tcp('match: [{port: 9000}], '), [gateway(server('TCP', 9000))], 'the connections to port 9000'],
    [
      'TCP within TLS',
      tcp(),
      tcp(),
      [gateway(server('TLS', 9000, ', tls: {mode: SIMPLE, credentialName: c}'))],
      'the connections to port 9000',
    ],
    ['one SNI name', tls('a.example.com'), tls('b.example.com, A.example.com'), [], 'TLS connections for a.example.com'],
    [
      'one SNI name on a server',
      tls('a.example.com'),
      tls('a.example.com', ', port: 443'),
      [gateway(server('TLS', 443, ', tls: {mode: PASSTHROUGH}'))],
      'TLS connections for a.example.com on port 443',
    ],
  ])('error: %s', (_, one, other, more, what) => {
    const { findings, diagnostics } = two(one, other, ...more);
    expect(findings).toEqual(['MS5809 line 15']);
    expect(diagnostics[0]?.message).toBe(
      `VirtualService bookinfo/two and VirtualService bookinfo/one both take ${what} on the gateway bookinfo/gw`,
    );
  });

  it.each([
    ['other ports', tcp('match: [{port: 1}], '), tcp('match: [{port: 2}], '), []],
    ['no port is named and the Gateway not shown', tcp(), tcp(), []],
    ['other SNI names', tls('a.example.com'), tls('b.example.com'), []],
    ['a name and a wildcard above it', tls('a.example.com'), tls('"*.example.com"'), []],
    [
      'a server that does not pass TLS through',
      tls('a.example.com'),
      tls('a.example.com'),
      [gateway(server('HTTPS', 443, ', tls: {mode: SIMPLE, credentialName: c}'))],
    ],
    ['a match for another gateway', tcp('match: [{port: 1}], '), tcp('match: [{port: 1, gateways: [other]}], '), []],
  ])('fine: %s', (_, one, other, more) => {
    expect(two(one, other, ...more).findings).toEqual([]);
  });

  it('fine: another gateway; both lead to the same', () => {
    const port = tcp('match: [{port: 1}], ');
    expect(checked(documents(routed('one', port), routed('two', port, 'other')), { only }).codes).toEqual([]);
    const same = port.replace('TO', '[{destination: {host: echo}}]');
    expect(two(same, same).codes).toEqual([]);
  });
});
