import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5907'];
const divided = (...weights: readonly number[]) =>
  virtualService(
    `hosts: [reviews]\nhttp:\n- route:\n${weights.map((weight, i) => `  - {destination: {host: reviews, subset: v${i}}, weight: ${weight}}\n`).join('')}`,
  );

describe('weights-read-as-percentages', () => {
  it.each([
    [[90, 20], 'MS5907 line 8'],
    [[80, 10], 'MS5907 line 8'],
    [[50, 50, 10], 'MS5907 line 8'],
    [[100, 10], 'MS5907 line 8'],
    [[0, 90], 'MS5907 line 9'],
  ])('warning: %j', (weights, finding) => {
    expect(checked(divided(...weights), { only }).findings).toEqual([finding]);
  });

  it('says what the share is', () => {
    expect(checked(divided(90, 20), { only }).diagnostics[0]?.message).toBe(
      'weights of a route of VirtualService bookinfo/reviews sum to 110, so a weight of 90 is 81.8 % of its requests',
    );
  });

  it.each([
    ['percentages', [90, 10]],
    ['thirds', [33, 33, 33]],
    ['small ratios', [3, 1]],
    ['a finer scale', [999, 1]],
    ['nothing at all, which is refused elsewhere', [0, 0]],
    ['one destination', [60]],
  ])('fine: %s', (_, weights) => {
    expect(checked(divided(...weights), { only }).findings).toEqual([]);
  });

  it("before 1.15 they are refused by another rule; an intent's are ratios on purpose", () => {
    expect(checked(divided(90, 20), { only, istio: '1.14' }).codes).toEqual([]);
    expect(checked(divided(90, 20), { only, istio: '1.15' }).codes).toEqual(only);
    expect(rendered('service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 0.5}\n').codes).toEqual(
      [],
    );
  });
});
