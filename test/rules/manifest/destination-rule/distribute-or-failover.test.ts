import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const locality = (distribute: string, failover: string) =>
  `outlierDetection: {}\nloadBalancer:\n  localityLbSetting:\n    distribute: ${distribute}\n    failover: ${failover}`;
const shares = '[{from: eu, to: {eu: 100}}]';
const regions = '[{from: eu, to: us}]';

describe('distribute-or-failover', () => {
  it('error: both', () => {
    expect(everywhere(locality(shares, regions))).toEqual(inEveryPlace('MS5209', 4));
  });

  it('fine: one of them is empty', () => {
    expect(everywhere(locality(shares, '[]'))).toEqual([]);
    expect(everywhere(locality('[]', regions))).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${locality(shares, regions)}\n`).findings).toEqual(['MS5209 line 7']);
  });
});
