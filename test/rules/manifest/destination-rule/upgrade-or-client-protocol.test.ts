import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const http = (policy: string, client: boolean) =>
  `connectionPool:\n  http:\n    h2UpgradePolicy: ${policy}\n    useClientProtocol: ${client}`;

describe('upgrade-or-client-protocol', () => {
  it('error: both', () => {
    expect(everywhere(http('UPGRADE', true))).toEqual(inEveryPlace('MS5204', 3));
  });

  it('fine: either', () => {
    expect(everywhere(http('UPGRADE', false))).toEqual([]);
    expect(everywhere(http('DO_NOT_UPGRADE', true))).toEqual([]);
    expect(everywhere(http('DEFAULT', true))).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    const intent = 'service: reviews\nport: 9080\nconnectionPool:\n  http:\n    h2UpgradePolicy: UPGRADE\n    useClientProtocol: true\n';
    expect(rendered(intent).findings).toEqual(['MS5204 line 6']);
  });
});
