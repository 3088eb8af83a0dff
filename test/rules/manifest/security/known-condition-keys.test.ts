import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5608'];

describe('known-condition-keys', () => {
  it.each([
    ['nope', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: nope'), ['MS5608 line 8']],
    ['Source.ip', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: Source.ip'), ['MS5608 line 8']],
    ['a blank at the end', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "source.ip "'), ['MS5608 line 8']],
    [
      'destination.namespace',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: destination.namespace'),
      ['MS5608 line 8'],
    ],
    [
      'destination.labels[version]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "destination.labels[version]"'),
      ['MS5608 line 8'],
    ],
    ['destination.name', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: destination.name'), ['MS5608 line 8']],
    ['destination.user', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: destination.user'), ['MS5608 line 8']],
    ['request.headers', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.headers'), ['MS5608 line 8']],
    [
      'request.headers[]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers[]"'),
      ['MS5608 line 8'],
    ],
    [
      'request.headers[x',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers[x"'),
      ['MS5608 line 8'],
    ],
    [
      'request.headers[x]y',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers[x]y"'),
      ['MS5608 line 8'],
    ],
    [
      'request.auth.claims',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.auth.claims'),
      ['MS5608 line 8'],
    ],
    [
      'request.auth.claim',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.auth.claim'),
      ['MS5608 line 8'],
    ],
    [
      'experimental.envoy.filters.a',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: experimental.envoy.filters.a'),
      ['MS5608 line 8'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['source.namespace', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.namespace')],
    ['source.serviceAccount', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.serviceAccount')],
    ['source.principal', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.principal')],
    ['source.trustDomain', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.trustDomain')],
    ['request.auth.principal', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.auth.principal')],
    ['request.auth.audiences', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.auth.audiences')],
    ['request.auth.presenter', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: request.auth.presenter')],
    ['connection.sni', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: connection.sni')],
    ['request.headers[x]', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.headers[x]"')],
    ['request.auth.claims[a][b]', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "request.auth.claims[a][b]"')],
    [
      'experimental.envoy.filters.a.b[c]',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: "experimental.envoy.filters.a.b[c]"'),
    ],
    [
      'addresses and ports',
      authorizationPolicy(
        'rules: [{when: [{key: source.ip, values: [10.0.0.1]}, {key: remote.ip, values: [10.0.0.1]}, {key: destination.ip, values: [10.0.0.1]}, {key: destination.port, values: ["80"]}]}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.24',
      'not yet',
      authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.serviceAccount'),
      ['MS5608 line 8'],
    ],
    ['1.25', 'from here', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.serviceAccount'), []],
    ['1.29', 'not yet', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.trustDomain'), ['MS5608 line 8']],
    ['1.30', 'from here', authorizationPolicy('rules:\n  - when:\n      - values: [a]\n        key: source.trustDomain'), []],
    ['1.7', 'not yet', authorizationPolicy('rules:\n  - when:\n      - values: [10.0.0.1]\n        key: remote.ip'), ['MS5608 line 8']],
    ['1.8', 'from here', authorizationPolicy('rules:\n  - when:\n      - values: [10.0.0.1]\n        key: remote.ip'), []],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it.each([
    ['source.namespaces', 'which is no attribute', ['did you mean `source.namespace`?']],
    ['destination.user', "which is no attribute any more: the policy's `selector` says it", []],
    ['request.headers', 'which must be like `request.headers[x-token]`', []],
  ])('says what is wrong with %s', (key, problem, hints) => {
    const [finding] = checked(authorizationPolicy(`rules: [{when: [{key: ${key}, values: [a]}]}]`), { only }).diagnostics;
    expect([finding?.message, finding?.hints]).toEqual([
      `a condition of AuthorizationPolicy bookinfo/ratings asks for \`${key}\`, ${problem}`,
      hints,
    ]);
  });
});
