import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const failover = (entry: string, setting = 'localityLbSetting') =>
  `outlierDetection: {}\nloadBalancer:\n  ${setting}:\n    failover:\n    - {from: us, to: eu}\n    - ${entry}`;

describe('failover-elsewhere', () => {
  it.each(['{from: eu, to: eu}', '{from: "", to: ""}', '{}'])('error: %s', (entry) => {
    expect(everywhere(failover(entry))).toEqual(inEveryPlace('MS5213', 5));
    expect(everywhere(failover(entry, 'zoneAwareLbSetting'))).toEqual(inEveryPlace('MS5213', 5));
  });

  it.each(['{from: eu, to: us}', '{from: EU, to: eu}', '{from: eu}', '{to: eu}'])('fine: %s', (entry) => {
    expect(everywhere(failover(entry))).toEqual([]);
    expect(everywhere(failover(entry, 'zoneAwareLbSetting'))).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${failover('{from: eu, to: eu}')}\n`).findings).toEqual(['MS5213 line 8']);
  });
});
