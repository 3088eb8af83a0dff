import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const shares = (to: string) => `loadBalancer:\n  localityLbSetting:\n    distribute:\n    - from: eu/*\n      to: ${to}`;

describe('locality-shares-sum-to-100', () => {
  it.each(['{eu: 99}', '{eu: 50, us: 51}', '{eu: 100, us: 1}', '{}'])('error: %s', (to) => {
    expect(everywhere(shares(to))).toEqual(inEveryPlace('MS5211', 4));
  });

  it.each(['{eu: 100}', '{eu: 99, us: 1}', '{"eu/a/*": 50, "eu/b/*": 30, "us/*": 20}'])('fine: %s', (to) => {
    expect(everywhere(shares(to))).toEqual([]);
  });

  it('each entry by itself', () => {
    const two = 'loadBalancer:\n  localityLbSetting:\n    distribute:\n    - {from: eu, to: {eu: 100}}\n    - {from: us, to: {us: 90}}';
    expect(everywhere(two)).toEqual(inEveryPlace('MS5211', 4));
  });

  it('an entry without a side is refused by its shape', () => {
    expect(everywhere('loadBalancer: {localityLbSetting: {distribute: [{to: {eu: 100}}]}}')).toEqual(inEveryPlace('MS1041'));
    expect(everywhere('loadBalancer: {localityLbSetting: {distribute: [{from: eu}]}}')).toEqual(inEveryPlace('MS1041'));
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${shares('{eu: 50}')}\n`).findings).toEqual(['MS5211 line 7']);
  });
});
