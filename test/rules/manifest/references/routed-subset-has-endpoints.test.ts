import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, virtualService } from '../../../support/checked.ts';
import { deployment, service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const rule = destinationRule('host: reviews\nsubsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]');
const around = [rule, service('reviews'), deployment('reviews-v1', 'app: reviews, version: v1')];
const entry = (subset: string, weight: number) => `  - {destination: {host: reviews, subset: ${subset}}, weight: ${weight}}`;
const to = (...entries: readonly string[]) => virtualService(['hosts: [reviews]', 'http:', '- route:', ...entries].join('\n'));
const found = (route: string) => checked(documents(route, ...around), { only: ['MS5709', 'MS5710'] });

describe('routed-subset-has-endpoints', () => {
  it('fine: requests are sent to those that have pods; what is only declared is a warning', () => {
    expect(found(to(entry('v1', 100))).codes).toEqual(['MS5709']);
    expect(found(to(entry('v1', 100), entry('v2', 0))).codes).toEqual(['MS5709']);
    expect(found(to(entry('v1', 99), entry('v2', 1))).codes).toEqual(['MS5710']);
  });

  it('error: requests are sent to one without', () => {
    const { findings, diagnostics } = found(to(entry('v2', 100)));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5710 line 8'],
      'VirtualService bookinfo/reviews leads to the subset `v2` of reviews.bookinfo.svc.cluster.local, but no pod of reviews.bookinfo.svc.cluster.local has its labels `version: v2`',
    ]);
    expect(diagnostics[0]?.related.map(({ message }) => message)).toEqual(['the labels']);
  });

  it('error: a single destination takes everything, whatever its weight', () => {
    expect(found(to(entry('v2', 0))).codes).toEqual(['MS5710']);
  });

  it('a copy is no request', () => {
    const mirrored = virtualService(
      'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews, subset: v1}}], mirror: {host: reviews, subset: v2}}]',
    );
    expect(found(mirrored).codes).toEqual(['MS5709']);
  });

  it('says it once for a subset of a VirtualService', () => {
    const twice = to(entry('v2', 1)).replace(
      'http:\n',
      'http:\n  - {match: [{uri: {prefix: /x}}], route: [{destination: {host: reviews, subset: v2}}]}\n',
    );
    expect(found(twice).codes).toEqual(['MS5710']);
  });

  it('leads to the words of an intent', () => {
    const intent = 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 10}\n';
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/reviews.yaml': documents(...around.slice(1)) } };
    expect(rendered(intent, registry).findings).toEqual(['MS5710 line 5']);
  });
});
