import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5601'];

describe('rules-for-deny-and-custom', () => {
  it.each([
    ['DENY without', authorizationPolicy('action: DENY'), ['MS5601 line 5']],
    ['DENY with an empty list', authorizationPolicy('rules: []\naction: DENY'), ['MS5601 line 6']],
    ['CUSTOM without', authorizationPolicy('provider: {name: opa}\naction: CUSTOM'), ['MS5601 line 6']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['a rule for everything', authorizationPolicy('action: DENY\nrules: [{}]')],
    ['ALLOW without, which admits nobody', authorizationPolicy('action: ALLOW')],
    ['the default without', authorizationPolicy('selector: {matchLabels: {app: a}}')],
    ['AUDIT without', authorizationPolicy('action: AUDIT')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    ['1.8', 'nobody asks', authorizationPolicy('action: DENY'), []],
    ['1.9', 'Istio asks', authorizationPolicy('action: DENY'), ['MS5601 line 5']],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });
});
