import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const workloadEntry = (spec: string) => manifest('WorkloadEntry', 'ratings', spec);
const workloadGroup = (spec: string) => manifest('WorkloadGroup', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5408'];

describe('sockets-have-no-ports', () => {
  it.each([
    [
      'an endpoint',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 80, name: http}]\nresolution: STATIC\nendpoints:\n  - address: unix:///a\n    ports: {http: 80}',
      ),
      ['MS5408 line 10'],
    ],
    ['a WorkloadEntry', workloadEntry('address: unix:///a\nports: {http: 80}'), ['MS5408 line 6']],
    ['a template', workloadGroup('template:\n  address: unix:///a\n  ports: {http: 80}'), ['MS5408 line 7']],
    ['an empty map', workloadEntry('address: unix:///a\nports: {}'), ['MS5408 line 6']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'no ports',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 80, name: http}]\nresolution: STATIC\nendpoints: [{address: "unix:///a"}]'),
    ],
    ['ports of an address', workloadEntry('address: 1.1.1.1\nports: {http: 80}')],
    ['ports of a template without address', workloadGroup('template: {ports: {http: 80}}')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    ['1.22', 'ports are refused', workloadEntry('address: unix:///a\nports: {http: 80}'), ['MS5408 line 6']],
    ['1.22', 'an empty map is none', workloadEntry('address: unix:///a\nports: {}'), []],
    ['1.22', 'nobody looks at templates', workloadGroup('template: {address: "unix:///a", ports: {http: 80}}'), []],
    ['1.23', 'the CRD looks at templates', workloadGroup('template: {address: "unix:///a", ports: {}}'), ['MS5408 line 5']],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('points at the intent', () => {
    expect(
      rendered(
        'external: books\nhosts: [books.example.com]\nports: {http: 80}\nresolution: STATIC\nendpoints:\n  - address: unix:///a\n    ports: {http: 80}\n',
      ).findings,
    ).toEqual(['MS5408 line 7']);
  });
});
