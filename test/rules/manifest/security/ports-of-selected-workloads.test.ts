import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const peerAuthentication = (spec: string) => manifest('PeerAuthentication', 'ratings', spec, { group: 'security' });
const only = ['MS5650'];

describe('ports-of-selected-workloads', () => {
  it.each([
    ['no selector', peerAuthentication('mtls: {mode: STRICT}\nportLevelMtls: {80: {mode: DISABLE}}'), ['MS5650 line 6']],
    ['an empty selector', peerAuthentication('selector: {}\nportLevelMtls: {80: {mode: DISABLE}}'), ['MS5650 line 6']],
    ['no labels', peerAuthentication('selector: {matchLabels: {}}\nportLevelMtls:\n  80: {mode: DISABLE}'), ['MS5650 line 6']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['labels', peerAuthentication('selector: {matchLabels: {app: a}}\nportLevelMtls: {80: {mode: DISABLE}, 65535: {}}')],
    ['no ports', peerAuthentication('mtls: {mode: STRICT}')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
