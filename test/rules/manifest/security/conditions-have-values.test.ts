import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5609'];

describe('conditions-have-values', () => {
  it.each([
    ['neither', authorizationPolicy('rules:\n  - when:\n      - key: source.namespace'), ['MS5609 line 7']],
    [
      'empty lists',
      authorizationPolicy('rules:\n  - when:\n      - values: []\n        notValues: []\n        key: source.namespace'),
      ['MS5609 line 9'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['values', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.namespace')],
    ['notValues', authorizationPolicy('rules: [{when: [{key: source.namespace, notValues: [a]}]}]')],
    ['values beside an empty list', authorizationPolicy('rules: [{when: [{key: source.namespace, values: [a], notValues: []}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
