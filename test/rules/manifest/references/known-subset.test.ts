import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { deployment, service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const leading = 'service: a\nport: 80\nroutes:\n  - {match: {uri: {prefix: /x}}, to: {host: b, subset: canary}}\n';
const legacy = (subset: string, namespace = 'bookinfo') => ({
  environment: 'manifests: [legacy]',
  files: {
    'mesh/legacy/b.yaml': `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: b, namespace: ${namespace}}
spec: {host: b.bookinfo.svc.cluster.local, subsets: [{name: ${subset}, labels: {version: x}}]}
`,
  },
});

describe('known-subset', () => {
  it('error: nobody declares it', () => {
    expect(rendered(documents(leading, 'service: b\nport: 80\nversions: [v1]\n')).findings).toEqual(['MS5001 line 4']);
  });

  it('fine: a hand-written rule declares it, by any spelling of the host', () => {
    expect(rendered(leading, legacy('canary')).findings).toEqual([]);
  });

  it('error with help: nearly that one', () => {
    const [finding] = rendered(leading, legacy('canry')).diagnostics;
    expect([finding?.code, finding?.hints]).toEqual(['MS5001', ['did you mean `canry`?']]);
  });
});

const route = (spec = '', namespace = 'bookinfo') =>
  manifest(
    'VirtualService',
    'reviews',
    `hosts: [reviews]\n${spec}\nhttp: [{route: [{destination: {host: reviews.bookinfo.svc.cluster.local, subset: v2}}]}]`,
    {
      namespace,
    },
  );
const rule = (subset: string, { namespace = 'bookinfo', host = 'reviews.bookinfo.svc.cluster.local', more = '', name = 'reviews' } = {}) =>
  manifest('DestinationRule', name, `host: "${host}"\n${more}\nsubsets: [{name: ${subset}, labels: {version: ${subset}}}]`, { namespace });
const lacks = (...texts: readonly string[]) =>
  checked(documents(...texts), { only: ['MS5001'] }).diagnostics.map(({ message }) => message.slice(message.indexOf(', which ') + 2));
const none = ['which no DestinationRule here declares'];
const unused = (rule: string, instead = '') => [
  `which only DestinationRule ${rule} declares, a rule that Istio does not use for this route's clients${instead}`,
];

describe('known-subset, by the namespaces in which Istio looks', () => {
  it.each([
    ["the host's namespace", route(), rule('v2')],
    ["the client's namespace", route('', 'frontend'), rule('v2', { namespace: 'frontend' })],
    ['the root namespace', route(), rule('v2', { namespace: 'istio-system' })],
    ['a short name', route(), rule('v2', { host: 'reviews' })],
    ['other letters', route(), rule('v2', { host: 'Reviews' })],
    ['a wildcard over the host', route(), rule('v2', { host: '*.bookinfo.svc.cluster.local' })],
    ['a wildcard in the root namespace', route(), rule('v2', { host: '*.local', namespace: 'istio-system' })],
    ['a rule that stays at home, for clients there', route('exportTo: ["."]'), rule('v2', { more: 'exportTo: ["."]' })],
    ['a rule that is exported to those who follow the route', route('exportTo: [frontend]'), rule('v2', { more: 'exportTo: [frontend]' })],
    ['one of two rules of the host', route(), rule('v1'), rule('v2', { name: 'more' })],
    ['a rule for some workloads', route(), rule('v2', { more: 'workloadSelector: {matchLabels: {app: x}}' })],
  ])('fine: %s', (_, ...texts) => {
    expect(lacks(...texts)).toEqual([]);
  });

  it.each<[string, readonly string[], ...string[]]>([
    ['no rule at all', none, route()],
    ['another subset', ['which declares only v1'], route(), rule('v1')],
    ['a namespace where nobody looks', unused('other/reviews'), route(), rule('v2', { namespace: 'other' })],
    [
      'a namespace where nobody looks, beside a rule that is used',
      unused('other/reviews', ': it uses DestinationRule bookinfo/reviews'),
      route(),
      rule('v1'),
      rule('v2', { namespace: 'other' }),
    ],
    [
      'the exact host counts before a wildcard',
      ['which declares only v1'],
      route(),
      rule('v1'),
      rule('v2', { host: '*.local', name: 'wide' }),
    ],
    [
      'the longer wildcard counts',
      ['which declares only v1'],
      route(),
      rule('v1', { host: '*.bookinfo.svc.cluster.local' }),
      rule('v2', { host: '*.local', name: 'wide' }),
    ],
    [
      "a wildcard in the client's namespace hides the rule of the host's",
      unused('bookinfo/reviews', ': it uses DestinationRule frontend/all'),
      route('exportTo: [frontend]'),
      rule('v2'),
      rule('v1', { host: '*.local', namespace: 'frontend', name: 'all' }),
    ],
    [
      'a rule that is not exported to those who follow the route',
      unused('bookinfo/reviews'),
      route('exportTo: [frontend]'),
      rule('v2', { more: 'exportTo: ["."]' }),
    ],
    [
      "the host's namespace counts before the root namespace",
      unused('istio-system/reviews', ': it uses DestinationRule bookinfo/reviews'),
      route(),
      rule('v1'),
      rule('v2', { namespace: 'istio-system' }),
    ],
  ])('error: %s', (_, expected, ...texts) => {
    expect(lacks(...texts)).toEqual(expected);
  });

  it("takes a gateway's pods for the clients", () => {
    const gateway = manifest(
      'Gateway',
      'gw',
      'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
    );
    const pods = (namespace: string) => deployment('gw', 'istio: ingressgateway', { namespace });
    const bound = route('gateways: [gw]');
    const atHome = rule('v2', { more: 'exportTo: ["."]' });
    expect(lacks(bound, gateway, atHome, pods('istio-system'))).toEqual(unused('bookinfo/reviews'));
    expect(lacks(bound, gateway, atHome, pods('bookinfo'))).toEqual([]);
    expect(lacks(bound, gateway, atHome)).toEqual([]);
    // In the root namespace a rule that is private there counts first, and other rules last.
    const root = (more: string) => rule('v1', { namespace: 'istio-system', host: '*.local', more, name: 'all' });
    expect(lacks(bound, gateway, rule('v2'), root(''), pods('istio-system'))).toEqual([]);
    expect(lacks(bound, gateway, rule('v2'), root('exportTo: ["."]'), pods('istio-system'))).toEqual(
      unused('bookinfo/reviews', ': it uses DestinationRule istio-system/all'),
    );
  });

  it('counts where a delegate is called from', () => {
    const root = manifest('VirtualService', 'root', 'hosts: [reviews]\nexportTo: [frontend]\nhttp: [{delegate: {name: reviews}}]');
    const delegate = virtualService('http: [{route: [{destination: {host: reviews, subset: v2}}]}]');
    expect(lacks(delegate, root, rule('v2', { more: 'exportTo: ["."]' }))).toEqual(unused('bookinfo/reviews'));
    expect(lacks(delegate, root, rule('v2'))).toEqual([]);
  });

  it('sees mirrors, and names the line', () => {
    const spec =
      'hosts: [reviews]\nhttp:\n- route: [{destination: {host: reviews, subset: v1}}]\n  mirror: {host: reviews, subset: v3}\n  mirrors: [{destination: {host: reviews, subset: v4}}]';
    const text = documents(virtualService(spec), rule('v1'));
    expect(checked(text, { only: ['MS5001'] }).findings).toEqual(['MS5001 line 8', 'MS5001 line 9']);
  });

  it('says nothing of hosts whose namespace the input does not show, nor of those that are not there', () => {
    const other = virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: cart.shop.svc.cluster.local, subset: v2}}]}]');
    expect(lacks(other)).toEqual([]);
    expect(lacks(other, service('cart', [80], { namespace: 'shop' }))).toEqual([]);
    expect(lacks(other, rule('v1', { namespace: 'shop', host: 'pay' }))).toEqual(none);
    expect(lacks(other, service('pay', [80], { namespace: 'shop' }))).toEqual([]);
  });

  it('counts rules that the registry shows', () => {
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/rule.yaml': rule('canary', { host: 'b' }) } };
    expect(rendered(leading, registry).findings).toEqual([]);
  });
});

describe('an empty subset', () => {
  it('is none, for every rule', () => {
    const shares = '[{destination: {host: reviews, subset: ""}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}]';
    const text = virtualService(`hosts: [reviews]\nhttp: [{route: ${shares}, mirrors: [{destination: {host: reviews, subset: ""}}]}]`);
    expect(checked(documents(text, rule('v2'))).codes.filter((code) => /^MS(10|50|51|57)/.test(code))).toEqual([]);
    expect(checked(documents(text, rule('v3')), { only: ['MS5001'] }).codes).toEqual(['MS5001']);
  });

  it('has no place in a DestinationRule', () => {
    expect(checked(rule('""'), { only: ['MS1045'] }).codes).toEqual(['MS1045']);
  });
});
