import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const workloadGroup = (spec: string) => manifest('WorkloadGroup', 'ratings', spec);
const only = ['MS5422'];

describe('probe-has-a-check', () => {
  it.each([
    ['nothing', workloadGroup('template: {}\nprobe: {}'), ['MS5422 line 6']],
    ['intervals alone', workloadGroup('template: {}\nprobe:\n  periodSeconds: 5'), ['MS5422 line 6']],
    ['grpc', workloadGroup('template: {}\nprobe:\n  grpc: {port: 80}'), ['MS5422 line 7']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['httpGet', workloadGroup('template: {}\nprobe: {httpGet: {port: 80}}')],
    ['tcpSocket', workloadGroup('template: {}\nprobe: {tcpSocket: {port: 80}}')],
    ['exec', workloadGroup('template: {}\nprobe: {exec: {command: ["true"]}}')],
    ['no probe', workloadGroup('template: {}\nmetadata: {labels: {app: a}}')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(checked(workloadGroup('template: {}\nprobe: {grpc: {port: 80}}'), { only }).diagnostics[0]?.message).toBe(
      'the probe of WorkloadGroup bookinfo/ratings asks by `grpc`, which Istio does not accept',
    );
  });
});
