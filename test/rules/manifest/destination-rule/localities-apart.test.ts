import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const sources = (...from: readonly string[]) =>
  `loadBalancer:\n  localityLbSetting:\n    distribute:\n${from.map((one) => `    - {from: "${one}", to: {eu: 100}}\n`).join('')}`;
const targets = (a: string, b: string) =>
  `loadBalancer:\n  localityLbSetting:\n    distribute:\n    - from: eu\n      to:\n        "${a}": 60\n        "${b}": 40`;

/** In either order. */
const overlapping = [
  ['eu', 'eu/a'],
  ['eu', 'eu/a/1'],
  ['eu', 'eu/*'],
  ['eu/a', 'eu/a/1'],
  ['eu/a', 'eu/a/*'],
] as const;
/** In this order only: the other way round the wildcard takes what is left. */
const covering = [
  ['*', 'eu'],
  ['eu/*', 'eu/a'],
  ['eu/*', 'eu/a/1'],
  ['eu/a/*', 'eu/a/1'],
] as const;
const apart = [
  ['eu', 'us'],
  ['eu/a', 'eu/b'],
  ['eu/a', 'us/a'],
  ['eu/a/1', 'eu/a/2'],
  ['eu/a/1', 'eu/b/1'],
  ['eu/a/1/x', 'eu/a/1/y'],
  ['eu*', 'eu1'],
  ['EU', 'eu'],
] as const;

describe('localities-apart', () => {
  it.each(overlapping)('error: from %s and %s', (a, b) => {
    expect(everywhere(sources(a, b))).toEqual(inEveryPlace('MS5212', 4));
    expect(everywhere(sources(b, a))).toEqual(inEveryPlace('MS5212', 4));
  });

  it.each(covering)('error: from %s, then from %s, but not the other way round', (wide, narrow) => {
    expect(everywhere(sources(wide, narrow))).toEqual(inEveryPlace('MS5212', 4));
    expect(everywhere(sources(narrow, wide))).toEqual([]);
  });

  it.each(['*', 'eu', 'eu/*', 'eu/a', 'eu/a/1'])('error: from %s twice', (locality) => {
    expect(everywhere(sources(locality, locality))).toEqual(inEveryPlace('MS5212', 4));
  });

  it.each([...overlapping, ...covering])('error: to %s and %s, at the narrower one, for a map has no order', (wide, narrow) => {
    expect(everywhere(targets(wide, narrow))).toEqual(inEveryPlace('MS5212', 6));
    expect(everywhere(targets(narrow, wide))).toEqual(inEveryPlace('MS5212', 5));
  });

  it.each(apart)('fine: %s and %s', (a, b) => {
    expect(everywhere(sources(a, b))).toEqual([]);
    expect(everywhere(targets(a, b))).toEqual([]);
  });

  it('says which two', () => {
    const rule =
      'host: reviews\ntrafficPolicy: {loadBalancer: {localityLbSetting: {distribute: [{from: eu, to: {eu/a: 50, "eu/*": 50}}]}}}';
    const [finding] = checked(destinationRule(rule)).diagnostics;
    expect(finding?.message).toBe('DestinationRule bookinfo/reviews distributes requests to `eu/*` and to `eu/a`, which overlap');
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${sources('eu/*', 'eu/a/*')}`).findings).toEqual(['MS5212 line 7']);
  });
});
