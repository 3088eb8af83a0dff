import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5606'];

describe('accounts-without-other-identities', () => {
  it.each([
    [
      'serviceAccounts and principals',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          principals: [a]\n          serviceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'serviceAccounts and notPrincipals',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          notPrincipals: [a]\n          serviceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'serviceAccounts and namespaces',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          namespaces: [a]\n          serviceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'serviceAccounts and notNamespaces',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          notNamespaces: [a]\n          serviceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'notServiceAccounts and principals',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          principals: [a]\n          notServiceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'notServiceAccounts and notPrincipals',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          notPrincipals: [a]\n          notServiceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'notServiceAccounts and namespaces',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          namespaces: [a]\n          notServiceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'notServiceAccounts and notNamespaces',
      authorizationPolicy('rules:\n  - from:\n      - source:\n          notNamespaces: [a]\n          notServiceAccounts: [b]'),
      ['MS5606 line 9'],
    ],
    [
      'empty lists',
      authorizationPolicy('rules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1], principals: [], serviceAccounts: []}'),
      ['MS5606 line 7'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['accounts alone', authorizationPolicy('rules: [{from: [{source: {serviceAccounts: [a], notServiceAccounts: [b/c]}}]}]')],
    [
      'accounts and addresses',
      authorizationPolicy(
        'rules: [{from: [{source: {serviceAccounts: [a], ipBlocks: [10.0.0.1], requestPrincipals: ["*"], trustDomains: [a]}}]}]',
      ),
    ],
    ['in two sources', authorizationPolicy('rules: [{from: [{source: {serviceAccounts: [a]}}, {source: {namespaces: [a]}}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
