import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5617'];

describe('brackets-after-attribute', () => {
  it.each([
    [
      'request.headers.[a]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers.[a]"'),
      ['MS5617 line 8'],
    ],
    [
      'request.headersx[a]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headersx[a]"'),
      ['MS5617 line 8'],
    ],
    [
      'request.auth.claims.[a]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.auth.claims.[a]"'),
      ['MS5617 line 8'],
    ],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['request.headers[a]', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers[a]"')],
    ['request.headers[a[b]]', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers[a[b]]"')],
    ['request.auth.claims[a]', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.auth.claims[a]"')],
    ['request.auth.claims[a][b]', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.auth.claims[a][b]"')],
    [
      'experimental.envoy.filters.a.b[c]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "experimental.envoy.filters.a.b[c]"'),
    ],
    ['what another rule refuses', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.headers')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
