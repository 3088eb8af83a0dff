import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const found = (spec: string, ...around: readonly string[]) =>
  checked(documents(virtualService(spec), ...around), { only: ['MS5701'] }).diagnostics.map(({ message, hints }) => [
    message.replace('VirtualService bookinfo/reviews ', ''),
    ...hints,
  ]);
const to = (host: string) => `hosts: [reviews]\nhttp: [{route: [{destination: {host: ${host}}}]}]`;
const shop = [service('cart', [80], { namespace: 'shop' })];

describe('destination-host-known', () => {
  it.each([
    ['reviews'],
    ['reviews.bookinfo.svc.cluster.local'],
    ['cart.shop.svc.cluster.local'],
    // Nothing is known of the namespace, or it is no name of the cluster's.
    ['reviews.other.svc.cluster.local'],
    ['api.example.com'],
    ['reviews.bookinfo.svc.clusterset.local'],
  ])('fine: %s', (host) => {
    expect(found(to(host), service('reviews'), ...shop)).toEqual([]);
  });

  it.each([
    ['http', to('reveiws'), 'leads to'],
    ['a mirror', 'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}], mirror: {host: reveiws}}]', 'mirrors to'],
    [
      'mirrors',
      'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}], mirrors: [{destination: {host: reveiws}}]}]',
      'mirrors to',
    ],
    ['tls', 'hosts: [reviews]\ntls: [{match: [{sniHosts: [reviews]}], route: [{destination: {host: reveiws}}]}]', 'leads to'],
    ['tcp', 'hosts: [reviews]\ntcp: [{route: [{destination: {host: reveiws}}]}]', 'leads to'],
  ])('error in %s', (_, spec, verb) => {
    expect(found(spec, service('reviews'))).toEqual([
      [`${verb} \`reveiws\`, but there is no service reveiws in the namespace bookinfo`, 'did you mean `reviews`?'],
    ]);
  });

  it('error: a name of another namespace without that namespace', () => {
    const help = '`cart` is a service of the namespace shop: write `cart.shop.svc.cluster.local`';
    const gone = 'but there is no service cart in the namespace bookinfo';
    expect(found(to('cart'), service('reviews'), ...shop)).toEqual([[`leads to \`cart\`, ${gone}`, help]]);
    const whole = 'cart.bookinfo.svc.cluster.local';
    expect(found(to(whole), service('reviews'), ...shop)).toEqual([[`leads to \`${whole}\`, ${gone}`, help]]);
  });

  it('error: a short name with a dot, which Istio takes as a whole one', () => {
    const why = 'which Istio does not complete: with a dot in it, a name is taken as it is';
    for (const host of ['cart.shop', 'cart.shop.svc'])
      expect(found(to(host), ...shop)).toEqual([[`leads to \`${host}\`, ${why}`, 'write `cart.shop.svc.cluster.local`']]);
    const entry = manifest('ServiceEntry', 'cart', 'hosts: [cart.shop]\nports: [{number: 80, name: http, protocol: HTTP}]');
    expect(found(to('cart.shop'), entry, ...shop)).toEqual([]);
  });

  it('error: only a wildcard of somebody else covers it', () => {
    const entry = (exportTo: string) =>
      manifest('ServiceEntry', 'all', `hosts: ["*"]\nexportTo: ["${exportTo}"]\nports: [{number: 80, name: http, protocol: HTTP}]`, {
        namespace: 'other',
      });
    expect(found(to('reveiws'), service('reviews'), entry('.'))).toHaveLength(1);
    expect(found(to('reveiws'), service('reviews'), entry('bookinfo'))).toEqual([]);
  });

  it('knows the cluster by its own domain', () => {
    const text = documents(virtualService(to('reveiws.bookinfo.svc.corp.local')), service('reviews'));
    expect(checked(text, { clusterDomain: 'corp.local', only: ['MS5701'] }).findings).toEqual(['MS5701 line 6']);
    expect(checked(text, { only: ['MS5701'] }).findings).toEqual([]);
  });

  it('leads to the words of an intent', () => {
    const intent = 'service: reviews\nport: 9080\nroutes:\n  - {match: {uri: {prefix: /old}}, to: {host: legacy}}\n';
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/reviews.yaml': service('reviews') } };
    expect(rendered(intent, registry).findings).toEqual(['MS5701 line 4']);
    expect(rendered(intent).findings).toEqual([]);
  });
});
