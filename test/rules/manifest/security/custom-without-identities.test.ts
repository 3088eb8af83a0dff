import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5603'];

describe('custom-without-identities', () => {
  it.each([
    [
      'principals',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          principals: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'notPrincipals',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          notPrincipals: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'requestPrincipals',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          requestPrincipals: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'notRequestPrincipals',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          notRequestPrincipals: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'namespaces',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          namespaces: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'notNamespaces',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          notNamespaces: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'serviceAccounts',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          serviceAccounts: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'notServiceAccounts',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          notServiceAccounts: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'trustDomains',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          trustDomains: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'notTrustDomains',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - from:\n      - source: {ipBlocks: [10.0.0.1]}\n      - source:\n          notTrustDomains: [a]',
      ),
      ['MS5603 line 11'],
    ],
    [
      'source.namespace',
      authorizationPolicy('action: CUSTOM\nprovider: {name: opa}\nrules:\n  - when:\n      - values: [a]\n        key: source.namespace'),
      ['MS5603 line 10'],
    ],
    [
      'source.serviceAccount',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - when:\n      - values: [a]\n        key: source.serviceAccount',
      ),
      ['MS5603 line 10'],
    ],
    [
      'source.trustDomain',
      authorizationPolicy('action: CUSTOM\nprovider: {name: opa}\nrules:\n  - when:\n      - values: [a]\n        key: source.trustDomain'),
      ['MS5603 line 10'],
    ],
    [
      'source.principal',
      authorizationPolicy('action: CUSTOM\nprovider: {name: opa}\nrules:\n  - when:\n      - values: [a]\n        key: source.principal'),
      ['MS5603 line 10'],
    ],
    [
      'request.auth.principal',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - when:\n      - values: [a]\n        key: request.auth.principal',
      ),
      ['MS5603 line 10'],
    ],
    [
      'request.auth.claims[a]',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules:\n  - when:\n      - values: [a]\n        key: request.auth.claims[a]',
      ),
      ['MS5603 line 10'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'addresses',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules: [{from: [{source: {ipBlocks: [10.0.0.1], remoteIpBlocks: [10.0.0.1], notIpBlocks: [10.0.0.2]}}]}]',
      ),
    ],
    [
      'operations',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules: [{to: [{operation: {paths: ["/a"], ports: ["80"], hosts: [a], methods: [GET]}}]}]',
      ),
    ],
    [
      'other conditions',
      authorizationPolicy(
        'action: CUSTOM\nprovider: {name: opa}\nrules: [{when: [{key: "request.headers[a]", values: [a]}, {key: source.ip, values: [10.0.0.1]}]}]',
      ),
    ],
    [
      'an empty list',
      authorizationPolicy('action: CUSTOM\nprovider: {name: opa}\nrules: [{from: [{source: {ipBlocks: [10.0.0.1], principals: []}}]}]'),
    ],
    ['another action', authorizationPolicy('rules: [{from: [{source: {principals: [a]}}], when: [{key: source.namespace, values: [a]}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
