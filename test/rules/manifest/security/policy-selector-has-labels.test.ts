import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const peerAuthentication = (spec: string) => manifest('PeerAuthentication', 'ratings', spec, { group: 'security' });
const only = ['MS5612'];

describe('policy-selector-has-labels', () => {
  it.each([
    ['nothing', authorizationPolicy('selector: {}'), ['MS5612 line 5']],
    ['no labels', authorizationPolicy('selector:\n  matchLabels: {}'), ['MS5612 line 5']],
    ['a PeerAuthentication', peerAuthentication('mtls: {mode: STRICT}\nselector: {}'), ['MS5612 line 6']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['labels', authorizationPolicy('selector: {matchLabels: {app: a}}')],
    ['no selector', authorizationPolicy('action: ALLOW')],
    ['labels of a PeerAuthentication', peerAuthentication('selector: {matchLabels: {app: a}}')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
