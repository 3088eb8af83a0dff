import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5602'];

describe('provider-with-custom', () => {
  it.each([
    ['CUSTOM without', authorizationPolicy('rules: [{}]\naction: CUSTOM'), ['MS5602 line 6']],
    ['DENY with', authorizationPolicy('rules: [{}]\naction: DENY\nprovider: {name: opa}'), ['MS5602 line 7']],
    ['the default with', authorizationPolicy('provider: {name: opa}'), ['MS5602 line 5']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['CUSTOM with', authorizationPolicy('action: CUSTOM\nrules: [{}]\nprovider: {name: opa}')],
    ['ALLOW without', authorizationPolicy('rules: [{}]')],
    ['CUSTOM without rules, of which another rule speaks', authorizationPolicy('action: CUSTOM')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(checked(authorizationPolicy('provider: {name: opa}'), { only }).diagnostics[0]?.message).toBe(
      'AuthorizationPolicy bookinfo/ratings names a provider, which the action ALLOW does not ask',
    );
  });
});
