import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const workloadEntry = (spec: string) => manifest('WorkloadEntry', 'ratings', spec);
const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const workloadGroup = (spec: string) => manifest('WorkloadGroup', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5409'];

describe('address-or-network', () => {
  it.each([
    ['an empty address', workloadEntry('labels: {app: a}\naddress: ""'), ['MS5409 line 6']],
    ['both empty', workloadEntry('network: ""\naddress: ""'), ['MS5409 line 6']],
    [
      'a static endpoint with an empty network',
      serviceEntry('hosts: [a.b]\nresolution: STATIC\nendpoints:\n  - network: ""'),
      ['MS5409 line 8'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['an address', workloadEntry('address: 1.1.1.1')],
    ['a network', workloadEntry('network: vms')],
    ['a template, which gets its address later', workloadGroup('template: {}')],
    ['an endpoint of DNS, of which another rule speaks', serviceEntry('hosts: [a.b]\nresolution: DNS\nendpoints: [{network: ""}]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    ['1.18', 'a network is not enough', workloadEntry('network: vms\naddress: ""'), ['MS5409 line 6']],
    ['1.19', 'a network is enough', workloadEntry('network: vms\naddress: ""'), []],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('points at the object where nothing is written', () => {
    expect(checked(workloadEntry('labels: {app: a}'), { only }).findings).toEqual(['MS5409 line 4']);
    const [finding] = checked(inBeta(workloadEntry('network: vms')), { istio: '1.18', only }).diagnostics;
    expect(finding?.message).toBe('WorkloadEntry bookinfo/ratings has no `address`, and a network alone is not enough before Istio 1.19');
  });
});
