import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

describe('one-locality-setting', () => {
  it('error: both, even if they say nothing', () => {
    expect(everywhere('loadBalancer:\n  localityLbSetting: {}\n  zoneAwareLbSetting: {}')).toEqual(inEveryPlace('MS5208', 2));
  });

  it('fine: either', () => {
    expect(everywhere('loadBalancer: {localityLbSetting: {enabled: true}}')).toEqual([]);
    expect(everywhere('loadBalancer: {zoneAwareLbSetting: {enabled: true}}')).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    const intent = 'service: reviews\nport: 9080\nloadBalancer:\n  localityLbSetting: {}\n  zoneAwareLbSetting: {}\n';
    expect(rendered(intent).findings).toEqual(['MS5208 line 5']);
  });
});
