import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const workloadEntry = (spec: string) => manifest('WorkloadEntry', 'ratings', spec);
const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const workloadGroup = (spec: string) => manifest('WorkloadGroup', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5410'];

describe('address-beside-network', () => {
  it.each([
    ['a network alone', workloadEntry('labels: {app: a}\nnetwork: vms'), ['MS5410 line 6']],
    ['an empty address', workloadEntry('address: ""\nnetwork: vms'), ['MS5410 line 6']],
    [
      'a static endpoint',
      serviceEntry('hosts: [a.b]\nresolution: STATIC\nendpoints:\n  - address: 1.1.1.1\n    network: vms\n  - network: vms'),
      ['MS5410 line 10'],
    ],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['both', workloadEntry('address: 1.1.1.1\nnetwork: vms')],
    ['an address', workloadEntry('address: 1.1.1.1')],
    ['a template', workloadGroup('template: {network: vms}')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    ['1.18', 'an error then', workloadEntry('network: vms'), []],
    ['1.19', 'a warning since', workloadEntry('network: vms'), ['MS5410 line 5']],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: [books.example.com]\nports: {http: 80}\nresolution: STATIC\nendpoints:\n  - network: vms\n')
        .findings,
    ).toEqual(['MS5410 line 6']);
  });
});
