import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5904'];
const subsets = 'subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]';
/** `outlierDetection` stands on line 6. */
const rule = (outliers = 'consecutive5xxErrors: 5') =>
  destinationRule(`host: reviews\ntrafficPolicy: {outlierDetection: {${outliers}}}\n${subsets}`);
const split = (percent: number) =>
  virtualService(
    `hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews, subset: v1}, weight: ${100 - percent}}, {destination: {host: reviews, subset: v2}, weight: ${percent}}]}]`,
  );
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: bookinfo}\nspec: {selector: {app: reviews}, ports: [{port: 9080, name: http}]}\n';
const deployment = (version: string, replicas: number) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: reviews-${version}, namespace: bookinfo}\nspec: {replicas: ${replicas}, template: {metadata: {labels: {app: reviews, version: ${version}}}}}\n`;
const cluster = (v1: number, v2: number) => documents(service, deployment('v1', v1), deployment('v2', v2));
const codes = (...texts: readonly string[]) => checked(documents(...texts), { only }).codes;

describe('outliers-leave-a-canary', () => {
  it('warning: one or two pods, whatever their share', () => {
    const { findings, diagnostics } = checked(documents(rule(), split(20), cluster(10, 1)), { only });
    expect(findings).toEqual(['MS5904 line 6']);
    expect(diagnostics[0]?.message).toBe(
      'outlier detection of DestinationRule bookinfo/reviews may eject every pod of the subset `v2` of reviews.bookinfo.svc.cluster.local, which has one pod',
    );
    expect(codes(rule(), split(20), cluster(10, 2))).toEqual(only);
    expect(codes(rule(), split(20), cluster(10, 3))).toEqual([]);
    expect(codes(rule(), split(1), cluster(10, 3))).toEqual([]);
    // Both halves of a service may be small: that is its size, not a canary's.
    expect(codes(rule(), split(50), cluster(2, 2))).toEqual([]);
  });

  it('warning: where nothing tells the pods, a share below 10 %', () => {
    expect(checked(documents(rule(), split(9)), { only }).diagnostics[0]?.message).toMatch(/which gets 9 % of requests$/);
    expect(codes(rule(), split(10))).toEqual([]);
    expect(codes(rule(), split(0))).toEqual([]);
    expect(codes(rule(), split(5), service)).toEqual(only);
    // An autoscaler may be at work.
    expect(codes(rule(), split(20), service, deployment('v2', 1).replace('replicas: 1, ', ''))).toEqual([]);
  });

  it.each([
    ['too few healthy pods bring all back', 'minHealthPercent: 50'],
    ['no pod is ever ejected', 'maxEjectionPercent: 0'],
  ])('fine: %s', (_, outliers) => {
    expect(codes(rule(outliers), split(5))).toEqual([]);
  });

  it('fine: the version overrules it; there is none', () => {
    const own = destinationRule(
      'host: reviews\ntrafficPolicy: {outlierDetection: {interval: 5s}}\nsubsets: [{name: v2, labels: {version: v2}, trafficPolicy: {outlierDetection: {minHealthPercent: 50}}}]',
    );
    expect(codes(own, split(5))).toEqual([]);
    expect(codes(destinationRule(`host: reviews\n${subsets}`), split(5))).toEqual([]);
  });

  it('leads to the intent', () => {
    const intent =
      'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 5}\noutlierDetection: {interval: 5s}\n';
    expect(rendered(intent).findings).toEqual(['MS5904 line 6']);
  });
});
