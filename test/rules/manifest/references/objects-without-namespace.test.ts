import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest, virtualService } from '../../../support/checked.ts';
import { deployment, ingressGateway, secret, service } from '../../../support/cluster-objects.ts';

/** As bases of Kustomize and charts write it: the namespace comes when it is applied. */
const bare = (text: string) => text.replaceAll(/, namespace: [a-z-]+/g, '');
const errors = (namespace: string | undefined, ...texts: readonly string[]) => {
  const given = namespace === undefined ? {} : { namespace };
  return checked(documents(...texts), given).codes.filter((code) => /^MS(?:57|5001)/.test(code));
};

const route = virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews, subset: v1, port: {number: 9080}}}]}]');
const rule = destinationRule('host: reviews\nsubsets: [{name: v1, labels: {version: v1}}]');
const pods = deployment('reviews-v1', 'app: reviews, version: v1');
const whole = virtualService(
  'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews.bookinfo.svc.cluster.local, port: {number: 9080}}}]}]',
);
const gateway = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
);
const bound = (reference: string) =>
  virtualService(
    `hosts: [a.example.com]\ngateways: [${reference}]\nhttp: [{route: [{destination: {host: reviews, port: {number: 9080}}}]}]`,
  );
const policy = manifest('AuthorizationPolicy', 'only', 'selector: {matchLabels: {app: reviews}}\nrules: [{}]', { group: 'security' });
const https = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: shop}}]',
);
const pair = 'tls.crt: YQ==, tls.key: YQ==';

describe('what names no namespace may belong together with what does', () => {
  it.each([
    ['all of them', bare(documents(route, rule, service('reviews'), pods))],
    ['a Service', documents(whole, bare(service('reviews')), service('ratings'))],
    ['a route', documents(bare(route), rule, service('reviews'), bare(service('other')))],
    ['a rule', documents(route, bare(rule), service('reviews'))],
    ['workloads', documents(policy, bare(pods), deployment('other', 'app: other'))],
    ['a policy', documents(bare(policy), pods, bare(deployment('other', 'app: other')))],
    [
      'a Gateway',
      documents(
        bound('istio-system/gw'),
        bare(gateway),
        service('reviews'),
        manifest('Gateway', 'x', 'servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]', {
          namespace: 'istio-system',
        }),
      ),
    ],
    [
      'a route to a Gateway',
      documents(
        bare(bound('gw')),
        gateway,
        service('reviews'),
        bare(manifest('Gateway', 'x', 'servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]')),
      ),
    ],
    ['a Secret', documents(https, ingressGateway, secret('other', pair), bare(secret('shop', pair)))],
    [
      "a gateway's Service",
      documents(
        gateway,
        deployment('gw', 'istio: ingressgateway', { namespace: 'edge' }),
        service('other', [80], { namespace: 'edge' }),
        bare(service('gw', [80], { spec: 'selector: {istio: ingressgateway}' })),
      ),
    ],
    [
      'a delegate',
      documents(
        virtualService('hosts: [a.example.com]\nhttp: [{delegate: {name: cart, namespace: shop}}]'),
        bare(manifest('VirtualService', 'cart', 'http: [{route: [{destination: {host: reviews}}]}]')),
        manifest('VirtualService', 'pay', 'http: [{route: [{destination: {host: reviews}}]}]', { namespace: 'shop' }),
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(errors(undefined, text)).toEqual([]);
  });

  it('is held to its namespace where someone says it', () => {
    expect(errors('other', whole, bare(service('reviews')), service('ratings'))).toEqual(['MS5701']);
    expect(errors('other', policy, bare(pods), deployment('x', 'app: other'))).toEqual(['MS5724']);
    expect(errors('other', https, ingressGateway, secret('other', pair), bare(secret('shop', pair)))).toContain('MS5720');
  });

  it('is still found wrong where no namespace would make it right', () => {
    expect(errors(undefined, bare(documents(route, service('ratings'))))).toEqual(['MS5701']);
    expect(errors(undefined, bare(documents(route, rule.replaceAll('v1', 'v2'), service('reviews'))))).toEqual(['MS5001']);
    expect(errors(undefined, bare(documents(policy, deployment('other', 'app: other'))))).toEqual(['MS5724']);
  });
});
