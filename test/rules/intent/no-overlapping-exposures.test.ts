import { describe, expect, it } from 'vitest';
import { documents } from '../../support/builders.ts';
import { rendered } from '../../support/rendered.ts';

const service = (name: string, entry: string, ports = 'http: 80') =>
  `service: ${name}\nports: {${ports}}\nexpose: [{gateway: gw, ${entry}}]\n`;
const overlap = (one: string, two: string, servers = '{http: 80, hosts: ["*"]}', ports?: string) =>
  rendered(documents(service('one', one, ports), service('two', two, ports), `gateway: gw\nservers: [${servers}]\n`)).diagnostics;

describe('no-overlapping-exposures', () => {
  it.each([
    ['one host', 'hosts: [a.b]', 'hosts: [a.b]', 'GET a.b/'],
    ['hosts in different letters', 'hosts: [a.b]', 'hosts: [A.b]', 'GET a.b/'],
    ['everything and a path', 'hosts: [a.b]', 'hosts: [a.b], match: {uri: {prefix: /x}}', 'GET a.b/x'],
    ['a path within another', 'hosts: [a.b], match: {uri: {prefix: /x/y}}', 'hosts: [a.b], match: {uri: {prefix: /x}}', 'GET a.b/x/y'],
    [
      'a path that ignores case',
      'hosts: [a.b], match: {uri: {prefix: /X}, ignoreUriCase: true}',
      'hosts: [a.b], match: {uri: {exact: /x/1}}',
      'GET a.b/x/1',
    ],
    ['a pattern', 'hosts: [a.b], match: {uri: {regex: /.}}', 'hosts: [a.b], match: {uri: {exact: /x}}', 'GET a.b/x'],
    ['one wildcard', 'hosts: ["*.b"]', 'hosts: ["*.b"]', 'GET any.b/'],
    ['a method', 'hosts: [a.b], match: {method: {exact: PUT}}', 'hosts: [a.b]', 'PUT a.b/'],
  ])('error: %s', (_, one, two, request) => {
    const [finding, ...others] = overlap(one, two);
    expect([finding?.code, finding?.message, others]).toEqual([
      'MS3004',
      `on the gateway bookinfo/gw both one and two take ${request}`,
      [],
    ]);
  });

  it.each([
    ['other hosts', 'hosts: [a.b]', 'hosts: [c.b]'],
    ['other paths', 'hosts: [a.b], match: {uri: {prefix: /x}}', 'hosts: [a.b], match: {uri: {prefix: /z}}'],
    ['exact paths beside a longer one', 'hosts: [a.b], match: {uri: {exact: /x}}', 'hosts: [a.b], match: {uri: {exact: /x/y}}'],
    ['an exact host beside a wildcard: two virtual hosts', 'hosts: ["*.b"]', 'hosts: [a.b]'],
    ['header values', 'hosts: [a.b], match: {headers: {x: {exact: "1"}}}', 'hosts: [a.b], match: {headers: {X: {exact: "2"}}}'],
  ])('fine: %s', (_, one, two) => {
    expect(overlap(one, two)).toEqual([]);
  });

  it('a wildcard meets the narrower host of a server there', () => {
    expect(overlap('hosts: ["*.b"]', 'hosts: [a.b]', '{http: 80, hosts: [a.b]}').map(({ code }) => code)).toEqual(['MS3004']);
  });

  it('servers of different ports keep two apart', () => {
    const servers = '{http: 80, hosts: [a.b]}, {https: 443, hosts: [a.b], credentialName: shop}';
    expect(overlap('server: http', 'server: https', servers)).toEqual([]);
  });

  it('TLS by SNI name and port, TCP by port', () => {
    const tls = '{tls: 443, hosts: ["*.b"]}';
    expect(overlap('hosts: [a.b]', 'hosts: [a.b]', tls, 'https: 443')[0]?.message).toContain('TLS connections for a.b on port 443');
    expect(overlap('hosts: [a.b]', 'hosts: [c.b]', tls, 'https: 443')).toEqual([]);
    expect(overlap('server: 1', 'server: 1', '{tcp: 1}, {tcp: 2}', 'tcp: 9')[0]?.message).toContain('connections to port 1');
    expect(overlap('server: 1', 'server: 2', '{tcp: 1}, {tcp: 2}', 'tcp: 9')).toEqual([]);
  });
});
