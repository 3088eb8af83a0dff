import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5611'];

describe('known-policy-targets', () => {
  it.each([
    [
      'a Gateway of Istio',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: networking.istio.io\n  name: a\n  kind: Gateway'),
      ['MS5611 line 9'],
    ],
    ['a Pod', authorizationPolicy('rules: [{}]\ntargetRef:\n  name: a\n  kind: Pod'), ['MS5611 line 8']],
    ['a Deployment', authorizationPolicy('rules: [{}]\ntargetRef:\n  group: apps\n  name: a\n  kind: Deployment'), ['MS5611 line 9']],
    [
      'a route',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: gateway.networking.k8s.io\n  name: a\n  kind: HTTPRoute'),
      ['MS5611 line 9'],
    ],
    ['another spelling', authorizationPolicy('rules: [{}]\ntargetRef:\n  name: a\n  kind: service'), ['MS5611 line 8']],
    ['no group', authorizationPolicy('rules: [{}]\ntargetRef:\n  name: a\n  kind: ServiceEntry'), ['MS5611 line 8']],
    ['a version for a group', authorizationPolicy('rules: [{}]\ntargetRef:\n  group: v1\n  name: a\n  kind: Service'), ['MS5611 line 9']],
    [
      'one of several',
      authorizationPolicy('rules: [{}]\ntargetRefs:\n  - {kind: Service, name: a}\n  - {kind: Pod, name: a}'),
      ['MS5611 line 8'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'a Gateway of Kubernetes',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: gateway.networking.k8s.io\n  name: a\n  kind: Gateway'),
    ],
    ['a Service', authorizationPolicy('rules: [{}]\ntargetRef:\n  name: a\n  kind: Service')],
    ['a Service with its group', authorizationPolicy('rules: [{}]\ntargetRef:\n  group: core\n  name: a\n  kind: Service')],
    ['a Service with an empty group', authorizationPolicy('rules: [{}]\ntargetRef:\n  group: ""\n  name: a\n  kind: Service')],
    ['a ServiceEntry', authorizationPolicy('rules: [{}]\ntargetRef:\n  group: networking.istio.io\n  name: a\n  kind: ServiceEntry')],
    ['a GatewayClass', authorizationPolicy('rules: [{}]\ntargetRef:\n  group: gateway.networking.k8s.io\n  name: a\n  kind: GatewayClass')],
    ['a selector', authorizationPolicy('rules: [{}]\nselector: {matchLabels: {app: a}}')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.21',
      'gateways alone',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: gateway.networking.k8s.io\n  name: a\n  kind: Gateway'),
      [],
    ],
    ['1.21', 'gateways alone', authorizationPolicy('rules: [{}]\ntargetRef:\n  name: a\n  kind: Service'), ['MS5611 line 8']],
    ['1.22', 'services as well', authorizationPolicy('rules: [{}]\ntargetRef:\n  name: a\n  kind: Service'), []],
    [
      '1.23',
      'not yet',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: networking.istio.io\n  name: a\n  kind: ServiceEntry'),
      ['MS5611 line 9'],
    ],
    [
      '1.24',
      'from here',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: networking.istio.io\n  name: a\n  kind: ServiceEntry'),
      [],
    ],
    [
      '1.24',
      'not yet',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: gateway.networking.k8s.io\n  name: a\n  kind: GatewayClass'),
      ['MS5611 line 9'],
    ],
    [
      '1.25',
      'from here',
      authorizationPolicy('rules: [{}]\ntargetRef:\n  group: gateway.networking.k8s.io\n  name: a\n  kind: GatewayClass'),
      [],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('says from when', () => {
    const [finding] = checked(inBeta(authorizationPolicy('targetRef: {kind: Service, name: a}')), { istio: '1.21', only }).diagnostics;
    expect(finding?.message).toBe('AuthorizationPolicy bookinfo/ratings targets Service, which a policy can target from Istio 1.22');
  });
});
