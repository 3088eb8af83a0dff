import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5615'];

describe('wildcards-at-one-end', () => {
  it.each([
    ['principals', authorizationPolicy('rules: [{from: [{source: {principals: [a/*/b]}}]}]'), ['MS5615 line 5']],
    ['notPrincipals', authorizationPolicy('rules: [{from: [{source: {notPrincipals: [a/*/b]}}]}]'), ['MS5615 line 5']],
    ['requestPrincipals', authorizationPolicy('rules: [{from: [{source: {requestPrincipals: [a/*/b]}}]}]'), ['MS5615 line 5']],
    ['notRequestPrincipals', authorizationPolicy('rules: [{from: [{source: {notRequestPrincipals: [a/*/b]}}]}]'), ['MS5615 line 5']],
    ['hosts', authorizationPolicy('rules: [{to: [{operation: {hosts: [a*b]}}]}]'), ['MS5615 line 5']],
    ['notHosts', authorizationPolicy('rules: [{to: [{operation: {notHosts: [a*b]}}]}]'), ['MS5615 line 5']],
    ['paths', authorizationPolicy('rules: [{to: [{operation: {paths: [a*b]}}]}]'), ['MS5615 line 5']],
    ['notPaths', authorizationPolicy('rules: [{to: [{operation: {notPaths: [a*b]}}]}]'), ['MS5615 line 5']],
    ['methods', authorizationPolicy('rules: [{to: [{operation: {methods: [a*b]}}]}]'), ['MS5615 line 5']],
    ['notMethods', authorizationPolicy('rules: [{to: [{operation: {notMethods: [a*b]}}]}]'), ['MS5615 line 5']],
    ['source.principal', authorizationPolicy('rules: [{when: [{key: source.principal, values: [a*b]}]}]'), ['MS5615 line 5']],
    ['request.auth.principal', authorizationPolicy('rules: [{when: [{key: request.auth.principal, values: [a*b]}]}]'), ['MS5615 line 5']],
    ['connection.sni', authorizationPolicy('rules: [{when: [{key: connection.sni, values: [a*b]}]}]'), ['MS5615 line 5']],
    ['notValues', authorizationPolicy('rules: [{when: [{key: connection.sni, notValues: [a*b]}]}]'), ['MS5615 line 5']],
    ['both ends', authorizationPolicy('rules: [{to: [{operation: {paths: ["*a*"]}}]}]'), ['MS5615 line 5']],
    ['two stars', authorizationPolicy('rules: [{to: [{operation: {paths: ["**"]}}]}]'), ['MS5615 line 5']],
    ['the middle and an end', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/*/b/*"]}}]}]'), ['MS5615 line 5']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['*', authorizationPolicy('rules: [{to: [{operation: {paths: ["*"], hosts: ["*"]}}], from: [{source: {principals: ["*"]}}]}]')],
    ['a*', authorizationPolicy('rules: [{to: [{operation: {paths: ["a*"], hosts: ["a*"]}}], from: [{source: {principals: ["a*"]}}]}]')],
    ['*a', authorizationPolicy('rules: [{to: [{operation: {paths: ["*a"], hosts: ["*a"]}}], from: [{source: {principals: ["*a"]}}]}]')],
    ['a', authorizationPolicy('rules: [{to: [{operation: {paths: ["a"], hosts: ["a"]}}], from: [{source: {principals: ["a"]}}]}]')],
    [
      'namespaces, where it may stand anywhere',
      authorizationPolicy('rules: [{from: [{source: {namespaces: ["a*b", "*a*"]}}], when: [{key: source.namespace, values: ["a*b"]}]}]'),
    ],
    [
      'headers and claims, which may hold it',
      authorizationPolicy(
        'rules: [{when: [{key: "request.headers[accept]", values: ["*/*"]}, {key: "request.auth.claims[scope]", values: ["a:*:b"]}]}]',
      ),
    ],
    ['a template', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{*}/b", "/a/{**}", "{**}"]}}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    ['1.21', 'there are no templates', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{*}/b"]}}]}]'), ['MS5615 line 5']],
    ['1.22', 'there are templates', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{*}/b"]}}]}]'), []],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });
});
