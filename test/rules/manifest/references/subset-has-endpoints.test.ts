import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest } from '../../../support/checked.ts';
import { deployment, service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const subsets = (...labels: readonly string[]) =>
  destinationRule(`host: reviews\nsubsets:\n${labels.map((one, i) => `- {name: s${i}, labels: {${one}}}`).join('\n')}`);
const v1 = deployment('reviews-v1', 'app: reviews, version: v1');
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5709'] });

describe('subset-has-endpoints', () => {
  it.each([
    ['pods have its labels', subsets('version: v1'), service('reviews'), v1],
    ['no labels', subsets(''), service('reviews'), v1],
    ['nothing tells of the workloads', subsets('version: v9'), service('reviews')],
    ['nothing tells of the Service', subsets('version: v9'), v1],
    ["the Service's pods are kept elsewhere", subsets('version: v9'), service('reviews'), deployment('ratings', 'app: ratings')],
    [
      'labels that running pods get',
      subsets('rollouts-pod-template-hash: abc', 'topology.kubernetes.io/region: eu, version: v1'),
      service('reviews'),
      v1,
    ],
    [
      'a machine has them',
      subsets('version: vm'),
      service('reviews'),
      v1,
      manifest('WorkloadEntry', 'vm', 'address: 10.0.0.1\nlabels: {app: reviews, version: vm}'),
    ],
    ['a wildcard', destinationRule('host: "*.local"\nsubsets: [{name: a, labels: {version: v9}}]'), service('reviews'), v1],
    [
      'a name for another host',
      subsets('version: v9'),
      service('reviews', [80], { spec: 'type: ExternalName, externalName: a.example.com' }),
      v1,
    ],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('warning: no pod of the Service has them', () => {
    const { findings, diagnostics } = found(subsets('version: v1', 'version: v3'), service('reviews'), v1);
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5709 line 8'],
      'no pod of reviews.bookinfo.svc.cluster.local has the labels `version: v3`, which the subset `s1` of DestinationRule bookinfo/reviews selects by',
    ]);
  });

  it.each([
    // Istio's own analyzer takes all of these for endpoints.
    ['pods of another service', deployment('ratings-v3', 'app: ratings, version: v3')],
    ['pods of another namespace', deployment('reviews-v3', 'app: reviews, version: v3', { namespace: 'other' })],
  ])('warning: only %s have them', (_, others) => {
    expect(found(subsets('version: v3'), service('reviews'), v1, others).codes).toEqual(['MS5709']);
  });

  it('counts pods of a Service without a selector, of any other owner, and bare ones', () => {
    const owners = [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: r, namespace: bookinfo, labels: {app: reviews, version: v3}}\nspec: {}\n',
      'apiVersion: example.com/v1\nkind: Canary\nmetadata: {name: r, namespace: bookinfo}\nspec: {template: {metadata: {labels: {app: reviews, version: v3}}, spec: {containers: [{name: a}]}}}\n',
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: r, namespace: bookinfo}\nspec: {jobTemplate: {spec: {template: {metadata: {labels: {app: reviews, version: v3}}, spec: {containers: [{name: a}]}}}}}\n',
    ];
    for (const owner of owners) expect(found(subsets('version: v3'), service('reviews'), v1, owner).codes).toEqual([]);
    const bare = service('reviews', [9080], { spec: 'clusterIP: None' });
    expect(found(subsets('version: v1'), bare, v1).codes).toEqual([]);
    expect(found(subsets('version: v3'), bare, v1).codes).toEqual(['MS5709']);
  });

  it('asks the endpoints of a ServiceEntry', () => {
    const entry = (more: string) =>
      manifest('ServiceEntry', 'api', `hosts: [reviews.example.com]\nports: [{number: 80, name: http, protocol: HTTP}]\n${more}`);
    const rule = destinationRule('host: reviews.example.com\nsubsets: [{name: a, labels: {region: eu}}]');
    const endpoints = (labels: string) => `resolution: STATIC\nendpoints: [{address: 10.0.0.1, labels: {${labels}}}]`;
    expect(found(rule, entry(endpoints('region: eu'))).codes).toEqual([]);
    expect(found(rule, entry(endpoints('region: us'))).diagnostics.map(({ message }) => message.slice(0, 33))).toEqual([
      'no endpoint of reviews.example.co',
    ]);
    // By name alone there is one endpoint, without labels.
    expect(found(rule, entry('resolution: DNS')).codes).toEqual(['MS5709']);
    expect(found(rule, entry('resolution: NONE')).codes).toEqual([]);
    const selecting = entry('resolution: STATIC\nworkloadSelector: {labels: {app: reviews}}');
    expect(found(rule, selecting, v1).codes).toEqual(['MS5709']);
    expect(found(rule, selecting, deployment('r', 'app: reviews, region: eu')).codes).toEqual([]);
  });

  it('leads to the words of an intent', () => {
    const intent = 'service: reviews\nport: 9080\nversions:\n  v1: {}\n  v2: {}\nstable: v1\n';
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/reviews.yaml': documents(service('reviews'), v1) } };
    expect(rendered(intent, registry).findings).toEqual(['MS5709 line 5']);
  });
});
