import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { deployment } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const policy = (labels: string, namespace = 'bookinfo') =>
  manifest('AuthorizationPolicy', 'only', `selector: {matchLabels: {${labels}}}\nrules: [{}]`, { group: 'security', namespace });
const reviews = deployment('reviews-v1', 'app: reviews, version: v1');
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5724'] });

describe('selector-selects-workloads', () => {
  it.each([
    ['some', policy('app: reviews'), reviews],
    ['all', manifest('AuthorizationPolicy', 'all', 'rules: [{}]', { group: 'security' }), reviews],
    ['by a label that running pods get', policy('app: reviews, pod-template-hash: abc'), reviews],
    ['what nothing tells of', policy('app: reveiws')],
    [
      'in the root namespace, for all others',
      policy('app: x', 'istio-system'),
      deployment('istiod', 'app: istiod', { namespace: 'istio-system' }),
    ],
    ['a machine', policy('app: vm'), reviews, manifest('WorkloadGroup', 'vm', 'metadata: {labels: {app: vm}}\ntemplate: {}')],
  ])('fine: it selects %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('warning: it selects none', () => {
    const { findings, diagnostics } = found(policy('app: reveiws'), reviews);
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5724 line 5'],
      'AuthorizationPolicy bookinfo/only selects by `app: reveiws`, and no workload of the namespace bookinfo has these labels',
    ]);
    expect(found(policy('app: reviews, version: v2'), reviews).codes).toEqual(['MS5724']);
    expect(
      found(policy('app: reviews'), deployment('ratings', 'app: ratings'), deployment('r', 'app: reviews', { namespace: 'shop' })).codes,
    ).toEqual(['MS5724']);
  });

  it.each([
    ['Sidecar', 'networking', 'workloadSelector: {labels: {app: x}}\negress: [{hosts: ["./*"]}]'],
    [
      'ServiceEntry',
      'networking',
      'hosts: [a.example.com]\nports: [{number: 80, name: http, protocol: HTTP}]\nresolution: STATIC\nlocation: MESH_INTERNAL\nworkloadSelector: {labels: {app: x}}',
    ],
    ['DestinationRule', 'networking', 'host: reviews\nworkloadSelector: {matchLabels: {app: x}}'],
    ['PeerAuthentication', 'security', 'selector: {matchLabels: {app: x}}\nmtls: {mode: STRICT}'],
    ['RequestAuthentication', 'security', 'selector: {matchLabels: {app: x}}'],
  ])('warning: %s', (kind, group, spec) => {
    expect(found(manifest(kind, 'a', spec, { group }), reviews).codes).toEqual(['MS5724']);
    expect(found(manifest(kind, 'a', spec, { group }), deployment('x', 'app: x')).codes).toEqual([]);
  });

  it('leads to the words of an intent', () => {
    const intent =
      'service: reviews\nport: 9080\nworkload:\n  labels: {app: reveiws}\nallowFrom: [{namespace: bookinfo, serviceAccount: x}]\n';
    const registry = { environment: 'authorization: enforce\nregistry: [k8s]', files: { 'mesh/k8s/r.yaml': reviews } };
    expect(rendered(intent, registry).findings).toEqual(['MS5724 line 4']);
  });
});
