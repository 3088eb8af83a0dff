import { describe, expect, it } from 'vitest';
import { checked, destinationRule, manifest, virtualService } from '../support/checked.ts';

const route = (field: string) => virtualService(`hosts: [reviews]\nhttp:\n  - route: [{destination: {host: reviews}}]\n    ${field}`);
const served = (text: string, version: string) => text.replace('istio.io/v1\n', `istio.io/${version}\n`);
const only = ['MS4050', 'MS4051', 'MS4052', 'MS4053', 'MS4054', 'MS1040'];

describe('a hand-written object goes to the mesh as it is', () => {
  it.each([
    ['mirrorPercent: 10\n    mirror: {host: reviews}', 'v1beta1', '1.20', []],
    ['mirrorPercentage: {value: 10}\n    mirror: {host: reviews}', 'v1alpha3', '1.4', ['MS4052 line 8']],
    ['mirrorPercentage: {value: 10}\n    mirror: {host: reviews}', 'v1beta1', '1.5', []],
    ['appendHeaders: {x: "1"}', 'v1alpha3', '1.4', []],
    ['appendHeaders: {x: "1"}', 'v1beta1', '1.5', ['MS4052 line 8']],
    ['fault: {abort: {httpStatus: 500, percent: 10}}', 'v1', '1.31', ['MS4052 line 8']],
    ['fault: {delay: {fixedDelay: 1s, percent: 10}}', 'v1', '1.31', []],
    ['retries: {attempts: 1, backoff: 1s}', 'v1', '1.25', ['MS4051 line 8']],
    ['retries: {attempts: 1, backoff: 1s}', 'v1', '1.26', []],
    ['retry: {attempts: 1}', 'v1', '1.31', ['MS1040 line 8']],
  ])('%s in %s for Istio %s', (field, version, istio, findings) => {
    expect(checked(served(route(field), version), { istio, only }).findings).toEqual(findings);
  });

  it('is told of the words that it says', () => {
    const [finding] = checked(route('fault: {delay: {fixedDelay: 1s, percent: 101}}'), { istio: '1.31' }).diagnostics;
    expect(finding?.message).toBe('`http[0].fault.delay.percent` must be from 0 to 100, not 101');
  });

  it('a word that stands for another in older meshes', () => {
    const rule = (word: string) => served(destinationRule(`host: reviews\ntrafficPolicy: {loadBalancer: {simple: ${word}}}`), 'v1beta1');
    expect(checked(rule('LEAST_REQUEST'), { istio: '1.13', only }).findings).toEqual(['MS4052 line 6']);
    expect(checked(rule('LEAST_CONN'), { istio: '1.13', only }).findings).toEqual([]);
    expect(checked(rule('LEAST_CONN'), { istio: '1.31', only }).findings).toEqual([]);
  });

  it.each([
    ['networking.istio.io/v1alpha3', '1.4', []],
    ['networking.istio.io/v1beta1', '1.4', ['MS4053 line 1']],
    ['networking.istio.io/v1beta1', '1.5', []],
    ['networking.istio.io/v1', '1.21', ['MS4053 line 1']],
    ['networking.istio.io/v2', '1.31', ['MS4053 line 1']],
    ['networking.istio.io/v1alpha3', '1.31', []],
  ])('%s in Istio %s', (apiVersion, istio, findings) => {
    const text = destinationRule('host: reviews\ntrafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}').replace(
      'networking.istio.io/v1',
      apiVersion,
    );
    expect(checked(text, { istio, only }).findings).toEqual(findings);
  });

  it.each([
    ['v1alpha3', '1.6'],
    ['v1beta1', '1.6'],
    ['v1alpha3', '1.31'],
  ])('a WorkloadEntry in %s for Istio %s', (version, istio) => {
    expect(checked(served(manifest('WorkloadEntry', 'vm', 'address: 192.0.2.10'), version), { istio }).findings).toEqual([]);
  });

  it.each(['text', '[]', 'null'])('a spec that is no map: %s', (spec) => {
    const policy = manifest('AuthorizationPolicy', 'ratings', 'action: DENY', { group: 'security' });
    expect(checked(policy.replace('spec:\n  action: DENY', `spec: ${spec}`)).findings).toEqual(['MS1042 line 4']);
  });

  it('a kind that no API group of Istio has', () => {
    const [finding] = checked(route('timeout: 5s').replace('kind: VirtualService', 'kind: VirtualServce')).diagnostics;
    expect([finding?.code, finding?.hints]).toEqual(['MS4054', ['did you mean `VirtualService`?']]);
  });

  it('kinds of Istio that nothing here reads are left alone', () => {
    expect(checked(route('timeout: 5s').replace('kind: VirtualService', 'kind: EnvoyFilter')).findings).toEqual([]);
  });
});
