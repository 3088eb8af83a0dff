import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5607'];

describe('path-templates-in-form', () => {
  it.each([
    ['a name in braces', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/a/{id}"]}'), ['MS5607 line 7']],
    ['an operator beside text', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/a{*}"]}'), ['MS5607 line 7']],
    [
      'text after an operator in one segment',
      authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{*}b"]}'),
      ['MS5607 line 7'],
    ],
    ['after the last operator', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{**}/{*}"]}'), ['MS5607 line 7']],
    [
      'the last operator twice',
      authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{**}/{**}"]}'),
      ['MS5607 line 7'],
    ],
    ['half a brace', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{*"]}'), ['MS5607 line 7']],
    ['a star in a template', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{*}/*"]}'), ['MS5607 line 7']],
    [
      'an empty segment in a template',
      authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{*}//b"]}'),
      ['MS5607 line 7'],
    ],
    ['a blank in a template', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{*}/a b"]}'), ['MS5607 line 7']],
    ['a query in a template', authorizationPolicy('rules:\n  - to:\n      - operation: {paths: ["/x", "/{*}/a?b"]}'), ['MS5607 line 7']],
    ['notPaths', authorizationPolicy('rules: [{to: [{operation: {notPaths: ["/{id}"]}}]}]'), ['MS5607 line 5']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['one segment', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{*}/b"]}}]}]')],
    ['all the rest', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{**}"]}}]}]')],
    ['text after all the rest', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{**}/b"]}}]}]')],
    ['an operator alone', authorizationPolicy('rules: [{to: [{operation: {paths: ["{**}"]}}]}]')],
    ['slashes around', authorizationPolicy('rules: [{to: [{operation: {paths: ["/{*}/"]}}]}]')],
    ['every plain character', authorizationPolicy('rules: [{to: [{operation: {paths: ["/{*}/-._~%!$&()+,;:@="]}}]}]')],
    ['no template', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a b/*"]}}]}]')],
    ['a star', authorizationPolicy('rules: [{to: [{operation: {paths: ["*"]}}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    ['1.21', 'braces are letters', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{id}"]}}]}]'), []],
    ['1.22', 'braces are templates', authorizationPolicy('rules: [{to: [{operation: {paths: ["/a/{id}"]}}]}]'), ['MS5607 line 5']],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });
});
