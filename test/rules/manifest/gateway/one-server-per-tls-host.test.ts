import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const tls = 'tls: {mode: SIMPLE, credentialName: c}';
const https = (name: string, hosts: string, more = tls, number = 443) => serverOf({ number, name, hosts, more });
const check = (...servers: readonly string[]) => marked(gatewayOf(...servers), { only: ['MS5317'] });

describe('one-server-per-tls-host', () => {
  it.each([
    ['the same host', '[a.example.com]', '[a.example.com]', 'a.example.com'],
    ['one of several', '[a.example.com, b.example.com]', '[c.example.com, b.example.com]', 'b.example.com'],
    ['the same wildcard', '["*.example.com"]', '["*.example.com"]', '"*.example.com"'],
    ['its own namespace in two spellings', '[bookinfo/a.example.com]', '[./a.example.com]', './a.example.com'],
    ['any namespace in two spellings', '["*/a.example.com"]', '[a.example.com]', 'a.example.com'],
  ])('warning: %s', (_, one, two, marks) => {
    expect(check(https('one', one), https('two', two))).toEqual([`MS5317 line 7: ${marks}`]);
  });

  it('warning: a dropped server takes no host itself', () => {
    const three = [https('one', '[a.example.com]'), https('two', '[a.example.com, b.example.com]'), https('three', '[b.example.com]')];
    expect(check(...three)).toEqual(['MS5317 line 7: a.example.com']);
  });

  it('says what comes of it', () => {
    const said = (one: string, two: string) =>
      checked(gatewayOf(https('one', one), https('two', two)), { only: ['MS5317'] }).diagnostics.map(({ message }) => message);
    const both = (host: string) => `servers 1 and 2 of Gateway bookinfo/bookinfo both take \`${host}\` on port 443`;
    expect(said('[a.example.com]', '[a.example.com]')).toEqual([`${both('a.example.com')}, so the second is dropped whole`]);
    expect(said('[a/a.example.com]', '[b/a.example.com]')).toEqual([`${both('b/a.example.com')}, so Envoy refuses all of that port`]);
  });

  it.each([
    ['two hosts, one of them wider', https('one', '["*.example.com"]'), https('two', '[a.example.com]')],
    ['hosts of two namespaces, passed on', https('one', '[a/a.example.com]', 'tls: {}'), https('two', '[b/a.example.com]', 'tls: {}')],
    ['hosts of two namespaces, one passed on', https('one', '[a/a.example.com]', 'tls: {}'), https('two', '[b/a.example.com]')],
    ['two ports', https('one', '[a.example.com]'), https('two', '[a.example.com]', tls, 8443)],
    ['two addresses', https('one', '[a.example.com]', `${tls}, bind: 10.0.0.1`), https('two', '[a.example.com]', `${tls}, bind: 10.0.0.2`)],
    ['a host twice in one server', https('one', '[a.example.com, a.example.com]'), https('two', '[b.example.com]')],
  ])('fine: %s', (_, one, two) => {
    expect(check(one, two)).toEqual([]);
  });

  it('fine: plain HTTP, which Istio merges', () => {
    const http = (name: string) => serverOf({ number: 80, name, protocol: 'HTTP' });
    expect(check(http('one'), http('two'))).toEqual([]);
  });

  it('warning: two https servers of an intent', () => {
    const server = (name: string) => `  - {https: 443, name: ${name}, hosts: [a.example.com], credentialName: c}\n`;
    expect(rendered(`gateway: gw\nservers:\n${server('one')}${server('two')}`).codes).toEqual(['MS5317']);
  });
});
