import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5613'];

describe('denial-names-ports', () => {
  it.each([
    ['paths', authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {paths: ["/a"]}'), ['MS5613 line 8']],
    ['hosts', authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {hosts: ["a"]}'), ['MS5613 line 8']],
    ['methods', authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {methods: ["GET"]}'), ['MS5613 line 8']],
    ['notPaths', authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {notPaths: ["/a"]}'), ['MS5613 line 8']],
    ['notHosts', authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {notHosts: ["a"]}'), ['MS5613 line 8']],
    ['notMethods', authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {notMethods: ["GET"]}'), ['MS5613 line 8']],
    [
      'paths of certain callers',
      authorizationPolicy('action: DENY\nrules:\n  - from: [{source: {principals: [a]}}]\n    to:\n      - operation: {paths: ["/a"]}'),
      ['MS5613 line 9'],
    ],
    [
      'requestPrincipals alone',
      authorizationPolicy('action: DENY\nrules:\n  - from:\n      - source: {requestPrincipals: [a]}'),
      ['MS5613 line 8'],
    ],
    [
      'notRequestPrincipals alone',
      authorizationPolicy('action: DENY\nrules:\n  - from:\n      - source: {notRequestPrincipals: ["*"]}'),
      ['MS5613 line 8'],
    ],
    [
      'the second rule',
      authorizationPolicy('action: DENY\nrules:\n  - from: [{source: {principals: [a]}}]\n  - to:\n      - operation: {methods: [GET]}'),
      ['MS5613 line 9'],
    ],
    [
      'an empty list of ports',
      authorizationPolicy('action: DENY\nrules:\n  - to:\n      - operation: {methods: [GET], ports: []}'),
      ['MS5613 line 8'],
    ],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['ports', authorizationPolicy('action: DENY\nrules: [{to: [{operation: {paths: ["/a"], ports: ["80"]}}]}]')],
    ['notPorts', authorizationPolicy('action: DENY\nrules: [{to: [{operation: {paths: ["/a"], notPorts: ["3306"]}}]}]')],
    [
      'ports of another operation',
      authorizationPolicy('action: DENY\nrules: [{to: [{operation: {paths: ["/a"]}}, {operation: {ports: ["80"]}}]}]'),
    ],
    [
      'a port as a condition',
      authorizationPolicy('action: DENY\nrules: [{to: [{operation: {paths: ["/a"]}}], when: [{key: destination.port, values: ["80"]}]}]'),
    ],
    [
      'requestPrincipals on a port',
      authorizationPolicy('action: DENY\nrules: [{from: [{source: {requestPrincipals: [a]}}], to: [{operation: {ports: ["80"]}}]}]'),
    ],
    ['everything', authorizationPolicy('action: DENY\nrules: [{}]')],
    ['conditions alone', authorizationPolicy('action: DENY\nrules: [{when: [{key: "request.headers[a]", values: [a]}]}]')],
    ['principals', authorizationPolicy('action: DENY\nrules: [{from: [{source: {principals: ["a"]}}]}]')],
    ['namespaces', authorizationPolicy('action: DENY\nrules: [{from: [{source: {namespaces: ["a"]}}]}]')],
    ['serviceAccounts', authorizationPolicy('action: DENY\nrules: [{from: [{source: {serviceAccounts: ["a"]}}]}]')],
    ['trustDomains', authorizationPolicy('action: DENY\nrules: [{from: [{source: {trustDomains: ["a"]}}]}]')],
    ['ipBlocks', authorizationPolicy('action: DENY\nrules: [{from: [{source: {ipBlocks: ["10.0.0.1"]}}]}]')],
    ['remoteIpBlocks', authorizationPolicy('action: DENY\nrules: [{from: [{source: {remoteIpBlocks: ["10.0.0.1"]}}]}]')],
    ['notNamespaces', authorizationPolicy('action: DENY\nrules: [{from: [{source: {notNamespaces: ["a"]}}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each(['ALLOW', 'AUDIT'])('fine: the action %s', (action) => {
    expect(checked(authorizationPolicy(`action: ${action}\nrules: [{to: [{operation: {paths: ["/a"]}}]}]`), { only }).findings).toEqual([]);
  });
});
