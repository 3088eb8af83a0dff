import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5614'];

describe('methods-as-sent', () => {
  it.each([
    ['small letters', authorizationPolicy('rules:\n  - to:\n      - operation: {methods: [GET, get]}'), ['MS5614 line 7']],
    ['mixed letters', authorizationPolicy('rules: [{to: [{operation: {methods: [Post]}}]}]'), ['MS5614 line 5']],
    ['notMethods', authorizationPolicy('rules: [{to: [{operation: {notMethods: [delete]}}]}]'), ['MS5614 line 5']],
    ['a gRPC method', authorizationPolicy('rules: [{to: [{operation: {methods: [/bookinfo.Ratings/Get]}}]}]'), ['MS5614 line 5']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'capitals',
      authorizationPolicy('rules: [{to: [{operation: {methods: [GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE]}}]}]'),
    ],
    ['wildcards', authorizationPolicy('rules: [{to: [{operation: {methods: ["*", "P*", "*T"]}}]}]')],
    ['methods that only the application knows', authorizationPolicy('rules: [{to: [{operation: {methods: [PROPFIND, purge]}}]}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(checked(authorizationPolicy('rules: [{to: [{operation: {methods: [/a.B/c]}}]}]'), { only }).diagnostics[0]?.message).toBe(
      'AuthorizationPolicy bookinfo/ratings lists `/a.B/c` among methods, which is a path',
    );
  });
});
