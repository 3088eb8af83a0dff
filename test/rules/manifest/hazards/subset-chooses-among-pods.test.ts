import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';

const only = ['MS5910'];
const findings = (...subsets: readonly string[]) =>
  checked(destinationRule(`host: reviews\nsubsets:\n${subsets.map((subset) => `- {${subset}}\n`).join('')}`), { only }).findings;

describe('subset-chooses-among-pods', () => {
  it('warning: no labels beside versions', () => {
    expect(findings('name: v1, labels: {version: v1}', 'name: v2')).toEqual(['MS5910 line 8']);
    expect(findings('name: v2, labels: {}', 'name: v1, labels: {version: v1}')).toEqual(['MS5910 line 7']);
  });

  it.each([
    ['a policy of its own, where KIA0209 warns', ['name: v1, labels: {version: v1}', 'name: tuned, trafficPolicy: {tls: {mode: DISABLE}}']],
    ['no versions at all', ['name: cnn', 'name: bbc']],
    ['labels', ['name: v1, labels: {version: v1}', 'name: v2, labels: {version: v2}']],
  ])('fine: %s', (_, subsets) => {
    expect(findings(...subsets)).toEqual([]);
  });
});
