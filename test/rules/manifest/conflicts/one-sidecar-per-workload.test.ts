import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5815'];

/** Six lines, the labels on the fifth. */
const sidecar = (name: string, labels: string, namespace = 'bookinfo') =>
  manifest('Sidecar', name, `workloadSelector: {labels: {${labels}}}\negress: [{hosts: ["./*"]}]`, { namespace });
const pod = (name: string, labels: string, namespace = 'bookinfo') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {${labels}}}\n`;
const two = (one: string, other: string, ...more: readonly string[]) =>
  checked(documents(sidecar('one', one), sidecar('two', other), ...more), { only });

describe('one-sidecar-per-workload', () => {
  it('error: the same labels, or more of them', () => {
    expect(two('app: reviews', 'app: reviews').findings).toEqual(['MS5815 line 12']);
    expect(two('app: reviews', 'version: v1, app: reviews').codes).toEqual(only);
  });

  it('error: pods that have what both ask for', () => {
    expect(two('app: reviews', 'version: v1', pod('a', 'app: reviews, version: v1')).codes).toEqual(only);
    expect(two('app: reviews', 'version: v1', pod('a', 'app: reviews'), pod('b', 'version: v1')).codes).toEqual([]);
    expect(two('app: reviews', 'version: v1', pod('a', 'app: reviews, version: v1', 'shop')).codes).toEqual([]);
  });

  it('fine: other labels, another namespace, none at all, one object', () => {
    expect(two('app: reviews', 'app: ratings').findings).toEqual([]);
    expect(two('app: reviews', 'version: v1').findings).toEqual([]);
    expect(checked(documents(sidecar('one', 'app: a'), sidecar('two', 'app: a', 'shop')), { only }).findings).toEqual([]);
    expect(two('app: reviews', '').findings).toEqual([]);
    expect(checked(documents(sidecar('one', 'app: a'), sidecar('one', 'app: a')), { only }).findings).toEqual([]);
  });
});
