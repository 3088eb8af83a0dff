import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5605'];

describe('clauses-not-empty', () => {
  it.each([
    ['from', authorizationPolicy('rules:\n  - {to: [{operation: {ports: ["80"]}}]}\n  - from: []'), ['MS5605 line 7']],
    ['to', authorizationPolicy('rules:\n  - from: [{source: {principals: [a]}}]\n    to: []'), ['MS5605 line 7']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'clauses that say something',
      authorizationPolicy('rules: [{from: [{source: {principals: [a]}}], to: [{operation: {ports: ["80"]}}]}]'),
    ],
    ['no clauses', authorizationPolicy('rules: [{}]')],
    ['no conditions', authorizationPolicy('rules: [{when: []}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
