import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { deployment } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const host = 'reviews.bookinfo.svc.cluster.local';
const route = (spec = '', namespace = 'bookinfo') =>
  manifest('VirtualService', 'reviews', `hosts: [${host}]\n${spec}\nhttp: [{route: [{destination: {host: ${host}, subset: v2}}]}]`, {
    namespace,
  });
const rule = (subset: string, namespace = 'bookinfo', on = host, more = '') =>
  manifest('DestinationRule', 'rule', `host: "${on}"\n${more}\nsubsets: [{name: ${subset}, labels: {version: x}}]`, { namespace });
const found = (...texts: readonly string[]) =>
  checked(documents(...texts), { only: ['MS5707'] }).diagnostics.map(({ message }) => message.slice(message.indexOf(', which ') + 8));

describe('subset-known-to-clients', () => {
  it.each([
    ["one rule in the host's namespace", route(), rule('v2')],
    ["a client's own rule with the subset", route(), rule('v2'), rule('v2', 'frontend')],
    ["a client's own rule for another host", route(), rule('v2'), rule('v1', 'frontend', 'ratings.bookinfo.svc.cluster.local')],
    ["a client's own rule where the route does not hold", route('exportTo: ["."]'), rule('v2'), rule('v1', 'frontend', '*.local')],
    ['a wildcard in the root namespace', route(), rule('v2'), rule('v1', 'istio-system', '*.local')],
    ["route and rule for one client's namespace", route('exportTo: ["."]', 'frontend'), rule('v2', 'frontend')],
    ['a namespace of the host that the input does not show', route('', 'frontend'), rule('v2', 'frontend')],
    ['a gateway that nobody knows where it runs', route('gateways: [gw]'), rule('v2', 'bookinfo', host, 'exportTo: ["."]')],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts)).toEqual([]);
  });

  it.each<[string, readonly string[], ...string[]]>([
    [
      "a client's wildcard hides the host's rule",
      ['clients in frontend do not find: for them DestinationRule frontend/rule decides'],
      route(),
      rule('v2'),
      rule('v1', 'frontend', '*.local'),
    ],
    [
      'a public route over a rule of one namespace',
      ['clients outside frontend do not find'],
      route('', 'frontend'),
      rule('v2', 'frontend'),
      rule('v1', 'bookinfo', 'ratings'),
    ],
    [
      'some of those who follow the route',
      ['clients in shop do not find: for them DestinationRule shop/rule decides'],
      route('exportTo: [frontend, shop]'),
      rule('v2'),
      rule('v1', 'shop'),
    ],
    [
      'a rule that stays at home under a public route',
      ['clients outside bookinfo do not find'],
      route(),
      rule('v2', 'bookinfo', host, 'exportTo: ["."]'),
    ],
  ])('warning: %s', (_, expected, ...texts) => {
    expect(found(...texts)).toEqual(expected);
  });

  it("warning: a gateway's pods look elsewhere than sidecars", () => {
    const gateway = manifest(
      'Gateway',
      'gw',
      'selector: {istio: x}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
    );
    const pods = deployment('gw', 'istio: x', { namespace: 'edge' });
    const texts = [route('gateways: [mesh, gw]'), gateway, pods, rule('v2'), rule('v1', 'edge', '*.local')];
    expect(found(...texts)).toEqual(['clients in edge do not find: for them DestinationRule edge/rule decides']);
  });

  it('says it once for a subset of a VirtualService', () => {
    const twice = manifest(
      'VirtualService',
      'reviews',
      `hosts: [${host}]\nhttp: [{match: [{uri: {prefix: /x}}], route: [{destination: {host: ${host}, subset: v2}}]}, {route: [{destination: {host: ${host}, subset: v2}}]}]`,
    );
    expect(found(twice, rule('v2'), rule('v1', 'frontend', '*.local'))).toHaveLength(1);
  });

  it('leads to the words of an intent, but leaves what is said of foreign hosts to others', () => {
    const legacy = { environment: 'manifests: [legacy]', files: { 'mesh/legacy/all.yaml': rule('v9', 'frontend', '*.local') } };
    const intent = 'service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n';
    expect(rendered(intent, legacy).findings).toEqual(['MS5707 line 4']);
    expect(rendered('service: reviews\nhost: reviews.shop.svc.cluster.local\nport: 9080\nversions: [v1]\nstable: v1\n').codes).toEqual([
      'MS2015',
    ]);
  });
});
