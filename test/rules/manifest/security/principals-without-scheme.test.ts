import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5616'];

describe('principals-without-scheme', () => {
  it.each([
    [
      'principals',
      authorizationPolicy(
        'rules:\n  - from:\n      - source:\n          principals:\n            - a\n            - "spiffe://cluster.local/ns/a/sa/b"',
      ),
      ['MS5616 line 10'],
    ],
    [
      'notPrincipals',
      authorizationPolicy('rules: [{from: [{source: {notPrincipals: ["spiffe://cluster.local/ns/a/sa/b"]}}]}]'),
      ['MS5616 line 5'],
    ],
    [
      'a condition',
      authorizationPolicy('rules:\n  - when:\n      - key: source.principal\n        values: ["spiffe://cluster.local/ns/a/sa/b"]'),
      ['MS5616 line 8'],
    ],
    [
      'notValues',
      authorizationPolicy('rules: [{when: [{key: source.principal, notValues: ["spiffe://cluster.local/ns/a/sa/b"]}]}]'),
      ['MS5616 line 5'],
    ],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['no scheme', authorizationPolicy('rules: [{from: [{source: {principals: [cluster.local/ns/a/sa/b, "*"]}}]}]')],
    [
      'another attribute',
      authorizationPolicy('rules: [{when: [{key: "request.headers[a]", values: ["spiffe://cluster.local/ns/a/sa/b"]}]}]'),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
