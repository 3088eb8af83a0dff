import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { namespaceObject, service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const policy = (namespaces: string) =>
  manifest('AuthorizationPolicy', 'only', `rules: [{from: [{source: {namespaces: [${namespaces}]}}]}]`, { group: 'security' });
const exported = (to: string) => virtualService(`hosts: [reviews]\nexportTo: [${to}]\nhttp: [{route: [{destination: {host: reviews}}]}]`);
const two = [namespaceObject('bookinfo'), namespaceObject('frontend')];
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5725'] });

describe('namespace-exists', () => {
  it.each([
    ['shown', policy('frontend'), ...two],
    ['something stands in it', policy('shop'), ...two, service('cart', [80], { namespace: 'shop' })],
    ['everyone, and the own one', exported('"*"'), ...two],
    ['the own one', exported('"."'), ...two],
    ['a pattern that one fits', policy('"front*", "*end", "*"'), ...two],
    ['one that comes with the cluster or with Istio', policy('default, kube-system, istio-system'), ...two],
    ['nothing tells of namespaces', policy('frotnend')],
    ['only one is shown', policy('istio-ingress'), namespaceObject('bookinfo')],
    ['some stand in none that is shown', policy('istio-ingress'), ...two, service('cart', [80], { namespace: 'shop' })],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('warning: all are shown, and this is none of them', () => {
    const { findings, diagnostics } = found(policy('frontend, edge'), ...two);
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5725 line 5'],
      'AuthorizationPolicy bookinfo/only names the namespace `edge`, which does not exist',
    ]);
    expect(found(policy('"edge-*"'), ...two).diagnostics.map(({ message }) => message)).toEqual([
      'AuthorizationPolicy bookinfo/only names namespaces by `edge-*`, and there is none of such a name',
    ]);
  });

  it('warning: nearly one that is shown, whether or not all are', () => {
    expect(found(policy('frotnend'), namespaceObject('frontend')).diagnostics[0]?.hints).toEqual(['did you mean `frontend`?']);
  });

  it.each([
    ['exportTo', exported('frotnend')],
    ['notNamespaces', policy('bookinfo').replace('namespaces:', 'notNamespaces: [frotnend], namespaces:')],
    ['a Sidecar', manifest('Sidecar', 'default', 'egress: [{hosts: ["frotnend/*"]}]')],
    [
      'a Gateway',
      manifest('Gateway', 'gw', 'servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["frotnend/a.example.com"]}]'),
    ],
    [
      'sourceNamespace',
      virtualService('hosts: [reviews]\nhttp: [{match: [{sourceNamespace: frotnend}], route: [{destination: {host: reviews}}]}]'),
    ],
  ])('warning in %s', (_, text) => {
    expect(found(text, ...two).codes).toEqual(['MS5725']);
  });

  it('leads to the words of an intent', () => {
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/n.yaml': documents(...two) } };
    expect(rendered('service: reviews\nport: 9080\nstable: v1\nversions: [v1]\nexportTo: [".", frotnend]\n', registry).findings).toEqual([
      'MS5725 line 5',
    ]);
  });
});
