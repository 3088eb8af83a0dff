import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const priority = (setting: string, label: string, failover = '[{from: eu, to: us}]') =>
  `outlierDetection: {}\nloadBalancer:\n  ${setting}:\n    failover: ${failover}\n    failoverPriority:\n    - version\n    - ${label}`;

const topology = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];
const others = ['topology.istio.io/network', 'kubernetes.io/hostname', 'topology.kubernetes.io/region=eu'];

describe('regions-by-failover', () => {
  it.each(topology)('error: %s beside `failover`', (label) => {
    expect(everywhere(priority('localityLbSetting', label))).toEqual(inEveryPlace('MS5210', 6));
    expect(everywhere(priority('zoneAwareLbSetting', label))).toEqual(inEveryPlace('MS5210', 6));
  });

  it.each(topology)('%s alone: fine in one setting, an error in the other', (label) => {
    expect(everywhere(priority('localityLbSetting', label, '[]'))).toEqual([]);
    expect(everywhere(priority('zoneAwareLbSetting', label, '[]'))).toEqual(inEveryPlace('MS5210', 6));
  });

  it.each(others)('fine: %s', (label) => {
    expect(everywhere(priority('localityLbSetting', label))).toEqual([]);
    expect(everywhere(priority('zoneAwareLbSetting', label))).toEqual([]);
  });

  it('from 1.20 on', () => {
    const blocks = priority('localityLbSetting', 'topology.kubernetes.io/zone');
    expect(everywhere(blocks, { istio: '1.19', only: ['MS5210'] })).toEqual([]);
    expect(everywhere(blocks, { istio: '1.20', only: ['MS5210'] })).toEqual(inEveryPlace('MS5210', 6));
  });

  it('leads to the line of the intent', () => {
    const intent = `service: reviews\nport: 9080\n${priority('localityLbSetting', 'topology.kubernetes.io/zone')}\n`;
    expect(rendered(intent).findings).toEqual(['MS5210 line 9']);
  });
});
