import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5807'];

/** Seven lines, the match on the seventh. */
function routed(name: string, match: string, { hosts = '"*"', gateways = 'gw', more = '', to = name, namespace = 'bookinfo' } = {}) {
  const http = `http: [{match: [${match}], route: [{destination: {host: ${to}, port: {number: 80}}}]${more}}]`;
  return manifest('VirtualService', name, `hosts: [${hosts}]\ngateways: [${gateways}]\n${http}`, { namespace });
}

const gateway = (servers: string) => manifest('Gateway', 'gw', `selector: {istio: ingressgateway}\nservers: [${servers}]`);
const http = (hosts: string, port = 80) => `{port: {number: ${port}, name: http-${port}, protocol: HTTP}, hosts: [${hosts}]}`;
const two = (one: string, other: string, ...more: readonly string[]) => checked(documents(one, other, ...more), { only });

describe('gateway-routes-apart', () => {
  it.each([
    ['one prefix within the other', '{uri: {prefix: /api}}', '{uri: {prefix: /api/v2}}', 'GET /api/v2'],
    ['a path beneath a prefix', '{uri: {exact: /api/login}}', '{uri: {prefix: /api}}', 'GET /api/login'],
    ['one path', '{uri: {exact: /api}}', '{uri: {exact: /api}, method: {exact: POST}}', 'POST /api'],
    ['a header, on any path', '{headers: {end-user: {exact: jason}}}', '{uri: {prefix: /api}}', 'GET /api with `end-user: jason`'],
    ['one header, and another beside it', '{headers: {x: {}}}', '{headers: {x: {exact: a}, z: {}}}', 'GET / with `x: a` and `z: 1`'],
    ['a pattern and a prefix', '{uri: {regex: "/a.*"}}', '{uri: {prefix: /api}}', 'GET /api'],
    ['one of several matches', '{uri: {prefix: /a}}, {uri: {prefix: /b}}', '{uri: {prefix: /c}}, {uri: {prefix: /b}}', 'GET /b'],
  ])('warning: %s', (_, one, other, request) => {
    const { findings, diagnostics } = two(routed('one', one), routed('two', other));
    expect(findings).toEqual(['MS5807 line 15']);
    expect(diagnostics[0]?.message).toBe(
      `VirtualService bookinfo/two and VirtualService bookinfo/one both take ${request} of all hosts on the gateway bookinfo/gw`,
    );
  });

  it.each([
    ['paths apart', '{uri: {prefix: /api}}', '{uri: {prefix: /web}}'],
    ['values apart', '{headers: {x: {exact: a}}}', '{headers: {x: {exact: b}}}'],
    ['methods apart', '{uri: {prefix: /api}, method: {exact: GET}}', '{uri: {prefix: /api}, method: {exact: POST}}'],
    ['headers that nobody sends together', '{headers: {x-beta: {}}}', '{headers: {x-debug: {}}}'],
    ['what takes everything stands behind the rest', '{uri: {prefix: /api}}', '{uri: {prefix: /}}'],
    ['patterns apart', '{uri: {regex: "/a[0-9]+"}}', '{uri: {prefix: /api}}'],
    ['with a header and without it', '{headers: {x-beta: {exact: "1"}}}', '{uri: {prefix: /}, withoutHeaders: {x-beta: {exact: "1"}}}'],
    ['for another gateway', '{uri: {prefix: /api}}', '{uri: {prefix: /api}, gateways: [other]}'],
    ['for some pods of the gateway', '{uri: {prefix: /api}}', '{uri: {prefix: /api}, sourceLabels: {app: gw}}'],
    ['for other ports', '{uri: {prefix: /api}, port: 80}', '{uri: {prefix: /api}, port: 81}'],
  ])('fine: %s', (_, one, other) => {
    expect(two(routed('one', one), routed('two', other)).findings).toEqual([]);
  });

  it('warning: across Gateways of the same selector, as far as a match is for its own', () => {
    const api = '{uri: {prefix: /api}}';
    const gateways = [gateway(http('"*.com"')), gateway(http('a.com')).replace('name: gw', 'name: b')];
    const at = (match: string, to: string) =>
      two(routed('one', api, { hosts: 'a.com' }), routed('two', match, { hosts: 'a.com', gateways: to }), ...gateways);
    expect(at(api, 'b').diagnostics[0]?.message).toContain('of a.com on the gateways bookinfo/gw and bookinfo/b, which Istio joins');
    expect(at('{uri: {prefix: /api}, gateways: [gw]}', 'b').codes).toEqual([]);
  });

  it('virtual hosts are told apart as Istio does', () => {
    const api = '{uri: {prefix: /api}}';
    const at = (one: string, other: string, ...servers: readonly string[]) =>
      two(routed('one', api, { hosts: one }), routed('two', api, { hosts: other }), ...servers).codes;
    expect(at('a.example.com', 'A.example.com')).toEqual(only);
    expect(at('a.example.com', 'b.example.com')).toEqual([]);
    // Requests for the name never reach the virtual host of the wildcard …
    expect(at('a.example.com', '"*.example.com"')).toEqual([]);
    expect(at('a.example.com', '"*.example.com"', gateway(http('"*.example.com"')))).toEqual([]);
    // … unless the server knows the name alone.
    expect(at('a.example.com', '"*.example.com"', gateway(http('a.example.com')))).toEqual(only);
    expect(at('a.example.com', 'a.example.com', gateway(http('b.example.com')))).toEqual([]);
  });

  it('bound where: one gateway by any spelling, servers of one port, namespaces that a server admits', () => {
    const api = '{uri: {prefix: /api}}';
    const other = (wish: Parameters<typeof routed>[2]) => routed('two', api, wish);
    expect(two(routed('one', api), other({ gateways: 'bookinfo/gw', namespace: 'shop' })).codes).toEqual(only);
    expect(two(routed('one', api), other({ namespace: 'shop' })).codes).toEqual([]);
    expect(two(routed('one', api), other({ gateways: 'mesh' })).codes).toEqual([]);
    const ports = gateway(`${http('a.example.com')}, ${http('b.example.com', 8080)}`);
    expect(two(routed('one', '{uri: {prefix: /api}, port: 80}'), routed('two', '{uri: {prefix: /api}, port: 8080}'), ports).codes).toEqual(
      [],
    );
    expect(two(routed('one', api), other({ gateways: 'bookinfo/gw', namespace: 'shop' }), gateway(http('./*'))).codes).toEqual([]);
  });

  it('fine: both do the same; one of them is for some namespaces; it delegates', () => {
    const api = '{uri: {prefix: /api}}';
    expect(two(routed('one', api), routed('two', api, { to: 'one' })).codes).toEqual([]);
    expect(two(routed('one', api), routed('two', api).replace('spec:\n', 'spec:\n  exportTo: ["."]\n')).codes).toEqual([]);
    const root = manifest(
      'VirtualService',
      'root',
      'hosts: ["*"]\ngateways: [gw]\nhttp: [{match: [{uri: {prefix: /api}}], delegate: {name: api}}]',
    );
    expect(two(routed('one', api), root).codes).toEqual([]);
  });

  it('a hand-written one beside an intent; two intents are told by another finding', () => {
    const intent = (name: string) =>
      `service: ${name}\nport: 80\nexpose: [{gateway: gw, hosts: [a.example.com], match: [{uri: {prefix: /api}}]}]\n`;
    const gw = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const files = { 'mesh/old/two.yaml': routed('two', '{uri: {prefix: /api}}', { hosts: 'a.example.com' }) };
    expect(rendered(documents(gw, intent('one')), { environment: 'manifests: [old]', files }).codes).toEqual(only);
    expect(rendered(documents(gw, intent('one'), intent('three'))).codes).toEqual(['MS3004']);
  });
});
