import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const routed = (name: string, host: string) => `service: ${name}\nhost: ${host}\ntimeout: 1s\n`;
const only = ['MS5002'];
const to = 'route: [{destination: {host: reviews}}]';

interface Wish {
  readonly namespace?: string;
  readonly hosts?: string;
  readonly more?: string;
  readonly routes?: string;
}

/** Six lines each, `hosts` on the fifth. */
function routing(name: string, { namespace = 'bookinfo', hosts = 'reviews', more = 'gateways: [mesh]', routes = `http: [{${to}}]` }: Wish) {
  return manifest('VirtualService', name, `hosts: [${hosts}]\n${more}\n${routes}`, { namespace });
}

const two = (one: Wish, other: Wish, istio?: string) =>
  checked(documents(routing('one', one), routing('two', other)), { only, ...(istio === undefined ? {} : { istio }) });

describe('one-virtual-service-per-mesh-host', () => {
  it.each<[string, Wish, Wish]>([
    ['one spelling', {}, {}],
    ['short and qualified', {}, { hosts: 'reviews.bookinfo.svc.cluster.local' }],
    ['in other letters', { hosts: 'Reviews.example.com' }, { hosts: 'reviews.example.com' }],
    ['one host of several', { hosts: 'ratings, reviews' }, { hosts: 'reviews, details' }],
    ['no gateways, and mesh among others', { more: 'exportTo: ["*"]' }, { more: 'gateways: [gw, mesh]' }],
    ['in two namespaces, both for everyone', { hosts: 'a.example.com' }, { hosts: 'a.example.com', namespace: 'other' }],
    ['both kept to one namespace', { more: 'exportTo: ["."]' }, { more: 'exportTo: [bookinfo]' }],
    [
      'both named to a third',
      { more: 'exportTo: [shop]' },
      { more: 'exportTo: [shop, bookinfo]', hosts: 'reviews.bookinfo.svc.cluster.local', namespace: 'other' },
    ],
    ['tcp routes of both', { routes: `tcp: [{${to}}]` }, { routes: `tcp: [{match: [{port: 9080}], ${to}}]` }],
    [
      'callers of which some are both',
      { routes: `http: [{match: [{sourceLabels: {app: a}}], ${to}}]` },
      { routes: `http: [{match: [{sourceNamespace: shop}], ${to}}]` },
    ],
    [
      'a match that names the mesh asks nothing of its callers',
      { routes: `http: [{match: [{gateways: [mesh], sourceNamespace: shop}], ${to}}]` },
      { routes: `http: [{match: [{sourceNamespace: bookinfo}], ${to}}]` },
    ],
  ])('error: %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual(['MS5002 line 13']);
  });

  it('error: one TLS name in both', () => {
    const tls = (sni: string) => ({ hosts: 'a.example.com', routes: `tls: [{match: [{sniHosts: [${sni}]}], ${to}}]` });
    expect(two(tls('a.example.com'), tls('a.example.com')).codes).toEqual(only);
    expect(two(tls('a.example.com'), tls('b.a.example.com')).codes).toEqual([]);
  });

  it.each<[string, Wish, Wish]>([
    [
      'tcp routes of one, tls routes of the other',
      { routes: `tcp: [{${to}}]` },
      { routes: `tls: [{match: [{sniHosts: [reviews]}], ${to}}]` },
    ],
    ['http routes of one, tcp routes of the other', {}, { routes: `tcp: [{${to}}]` }],
    ['one for its own namespace, which goes first there', { more: 'exportTo: ["."]' }, {}],
    ['two hosts', {}, { hosts: 'ratings' }],
    ['short names in two namespaces', {}, { namespace: 'other' }],
    ['one of them at a gateway alone', {}, { more: 'gateways: [gw]' }],
    ['one of them for its own namespace, which looks there first', {}, { more: 'exportTo: ["."]' }],
    ['each for another namespace', { more: 'exportTo: [shop]' }, { more: 'exportTo: [bank]' }],
    [
      'each for other callers',
      { routes: `http: [{match: [{sourceNamespace: shop}], ${to}}]` },
      { routes: `http: [{match: [{sourceNamespace: bank}], ${to}}]` },
    ],
    ['each for another port', { routes: `http: [{match: [{port: 80}], ${to}}]` }, { routes: `http: [{match: [{port: 81}], ${to}}]` }],
    ['http and tcp', {}, { routes: `tcp: [{${to}}]` }],
    [
      'in the mesh by name, but with routes for a gateway',
      {},
      { more: 'gateways: [gw, mesh]', routes: `http: [{match: [{gateways: [gw]}], ${to}}]` },
    ],
    [
      'connections to other networks',
      { routes: `tcp: [{match: [{destinationSubnets: [10.0.0.0/8]}], ${to}}]` },
      { routes: `tcp: [{match: [{destinationSubnets: [11.0.0.0/8]}], ${to}}]` },
    ],
    ['a wildcard and a name beneath it: the name wins', { hosts: '"*.example.com"' }, { hosts: 'a.example.com' }],
    [
      'a wildcard for everyone and a name for one namespace, where IST0109 errs',
      { hosts: '"*.example.com"' },
      { hosts: 'a.example.com', more: 'exportTo: ["."]' },
    ],
  ])('fine: %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual([]);
  });

  it('before 1.21 an older wildcard wins against a name beneath it', () => {
    const [wide, exact, wider] = [{ hosts: '"*.example.com"' }, { hosts: 'a.example.com' }, { hosts: '"*.com"' }];
    expect(two(wide, exact, '1.20').findings).toEqual(['MS5002 line 13']);
    expect(two(exact, wide, '1.20').diagnostics[0]?.message).toContain('both route a.example.com in the mesh');
    expect(two(wide, wider, '1.20').codes).toEqual(only);
    expect(two(wide, { hosts: 'example.com' }, '1.20').codes).toEqual([]);
    expect(two(wide, exact, '1.21').codes).toEqual([]);
  });

  it('of three, each later one is named once', () => {
    const hosts = 'reviews, ratings';
    const three = ['one', 'two', 'three'].map((name) => routing(name, { hosts }));
    expect(checked(documents(...three), { only }).findings).toEqual(['MS5002 line 13', 'MS5002 line 21']);
  });

  it('two manifests of one object are not two objects', () => {
    expect(checked(documents(routing('one', {}), routing('one', { routes: `http: [{timeout: 1s, ${to}}]` })), { only }).findings).toEqual(
      [],
    );
  });

  it('leads to the intent', () => {
    expect(rendered(documents(routed('one', 'h'), routed('two', 'h'))).findings).toEqual(['MS5002 line 6']);
    expect(rendered(documents(routed('one', 'h'), routed('two', 'i'))).findings).toEqual([]);
    const gateway = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const exposed = 'service: m\nport: 80\ntimeout: 1s\nexpose: [{gateway: gw, hosts: [m.example]}]\n';
    expect(rendered(documents(exposed, routed('two', 'm.example'), gateway)).findings).toEqual([]);
  });
});
