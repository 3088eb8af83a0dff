import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5604'];

describe('sources-and-operations-not-empty', () => {
  it.each([
    ['a source', authorizationPolicy('rules:\n  - from:\n      - source: {principals: [a]}\n      - source: {}'), ['MS5604 line 8']],
    ['an operation', authorizationPolicy('rules:\n  - to:\n      - operation: {}'), ['MS5604 line 7']],
    ['empty lists alone', authorizationPolicy('rules:\n  - from:\n      - source: {principals: [], namespaces: []}'), ['MS5604 line 7']],
    [
      'both',
      authorizationPolicy('rules:\n  - from: [{source: {}}]\n    to: [{operation: {ports: []}}]'),
      ['MS5604 line 6', 'MS5604 line 7'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'one list that says something',
      authorizationPolicy('rules: [{from: [{source: {principals: [], namespaces: [a]}}], to: [{operation: {notPaths: ["/a"]}}]}]'),
    ],
    ['a rule for everything', authorizationPolicy('rules: [{}]')],
    ['no rules', authorizationPolicy('action: ALLOW')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
