import { describe, expect, it } from 'vitest';
import { ingressOf, marked, sidecarOf } from '../../../support/listeners.ts';

const only = ['MS5509'];
const both = '{http: {h2UpgradePolicy: UPGRADE, useClientProtocol: true}}';

describe('inbound-upgrade-or-client-protocol', () => {
  it('error: both, for all ports or for one', () => {
    expect(marked(sidecarOf(`inboundConnectionPool: ${both}`), { only })).toEqual(['MS5509 line 5: true']);
    expect(marked(ingressOf({ protocol: 'HTTP', more: `connectionPool: ${both}` }), { only })).toEqual(['MS5509 line 6: true']);
  });

  it.each([
    '{h2UpgradePolicy: UPGRADE}',
    '{useClientProtocol: true}',
    '{h2UpgradePolicy: UPGRADE, useClientProtocol: false}',
    '{h2UpgradePolicy: DO_NOT_UPGRADE, useClientProtocol: true}',
  ])('fine: %s', (http) => {
    expect(marked(sidecarOf(`inboundConnectionPool: {http: ${http}}`), { only })).toEqual([]);
  });
});
