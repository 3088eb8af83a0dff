import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5803'];
const http = (hosts: string, more = '', port = 'number: 80, name: http, protocol: HTTP') => `{port: {${port}}, hosts: [${hosts}]${more}}`;

/** Six lines each, the server on the sixth. */
const gateway = (name: string, server: string, selector = 'istio: ingressgateway', namespace = 'bookinfo') =>
  manifest('Gateway', name, `selector: {${selector}}\nservers: [${server}]`, { namespace });

describe('plain-host-on-one-gateway', () => {
  it.each([
    ['every host', http('"*"'), http('"*"')],
    ['one of several', http('a.example.com, b.example.com'), http('b.example.com')],
    ['http of two kinds', http('"*"', '', 'number: 80, name: http, protocol: HTTP2'), http('"*"')],
    ['every namespace by sign', http('"*/a.example.com"'), http('a.example.com')],
  ])('warning: %s', (_, one, other) => {
    expect(checked(documents(gateway('one', one), gateway('two', other, 'istio: ingressgateway', 'shop')), { only }).findings).toEqual([
      'MS5803 line 13',
    ]);
  });

  it.each([
    ['other hosts', http('a.example.com'), http('b.example.com')],
    ['a name and a wildcard above it', http('a.example.com'), http('"*.example.com"')],
    ['each for its own namespace', http('"bookinfo/*"'), http('"shop/*"')],
    ['other ports', http('"*"'), http('"*"', '', 'number: 8080, name: http, protocol: HTTP')],
    ['other addresses', http('"*"', ', bind: 10.0.0.1'), http('"*"', ', bind: 10.0.0.2')],
    ['two redirects say the same', http('"*"', ', tls: {httpsRedirect: true}'), http('"*"', ', tls: {httpsRedirect: true}')],
  ])('fine: %s', (_, one, other) => {
    expect(checked(documents(gateway('one', one), gateway('two', other)), { only }).findings).toEqual([]);
  });

  it('fine: other workloads', () => {
    expect(checked(documents(gateway('one', http('"*"')), gateway('two', http('"*"'), 'istio: internal')), { only }).findings).toEqual([]);
  });

  it('of three, each later one is named once', () => {
    const three = ['one', 'two', 'three'].map((name) => gateway(name, http('a.example.com, "*"')));
    expect(checked(documents(...three), { only }).findings).toEqual(['MS5803 line 13', 'MS5803 line 20']);
  });

  it('leads to the intent', () => {
    const intent = (name: string) => `gateway: ${name}\nservers: [{http: 80, hosts: ["*"]}]\n`;
    expect(rendered(documents(intent('one'), intent('two'))).findings).toEqual(['MS5803 line 5']);
  });
});
