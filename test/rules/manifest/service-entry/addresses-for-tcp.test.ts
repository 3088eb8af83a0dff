import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5418'];

describe('addresses-for-tcp', () => {
  it.each([
    [
      'NONE',
      serviceEntry('hosts: [a.example.com]\nresolution: NONE\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      ['MS5418 line 10'],
    ],
    [
      'the default, in small letters',
      serviceEntry('hosts: [a.example.com]\nports:\n  - number: 80\n    name: a\n    protocol: tcp'),
      ['MS5418 line 9'],
    ],
    ['no protocol', serviceEntry('hosts: [a.example.com]\nports:\n  - number: 80\n    name: a'), ['MS5418 line 7']],
    ['an empty one', serviceEntry('hosts: [a.example.com]\nports:\n  - number: 80\n    name: a\n    protocol: ""'), ['MS5418 line 9']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['an address', serviceEntry('hosts: [a.example.com]\naddresses: [10.0.0.1]\nports:\n  - number: 80\n    name: a\n    protocol: TCP')],
    [
      'DNS, which gets addresses',
      serviceEntry('hosts: [a.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
    ],
    ['HTTP', serviceEntry('hosts: [a.example.com]\nports:\n  - number: 80\n    name: a\n    protocol: HTTP')],
    ['MYSQL', serviceEntry('hosts: [a.example.com]\nports:\n  - number: 80\n    name: a\n    protocol: MYSQL')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.24',
      'nothing is allocated',
      serviceEntry('hosts: [a.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      ['MS5418 line 10'],
    ],
    [
      '1.25',
      'addresses are allocated',
      serviceEntry('hosts: [a.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      [],
    ],
    [
      '1.25',
      'not for NONE',
      serviceEntry('hosts: [a.example.com]\nresolution: NONE\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      ['MS5418 line 10'],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it.each([
    ['"false"', ['MS5418 line 7']],
    ['"False"', ['MS5418 line 7']],
    ['"true"', []],
  ])('the label that allocates: %s', (value, findings) => {
    const text = serviceEntry('ports: [{number: 1, name: a, protocol: TCP}]\nhosts: [a.b]\nresolution: DNS');
    const labelled = text.replace('}\nspec', `,\n  labels: {networking.istio.io/enable-autoallocate-ip: ${value}}}\n\nspec`);
    expect(checked(labelled, { only }).findings).toEqual(findings);
  });

  it('fine: addresses that the cluster says are allocated', () => {
    const text = serviceEntry('hosts: [a.b]\nports: [{number: 1, name: a, protocol: TCP}]');
    expect(checked(`${text}status: {addresses: [{value: 240.240.0.1}]}\n`, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: [books.example.com]\nports: {tcp: 9000}\n', { istio: '1.24' }).findings).toEqual([
      'MS5418 line 3',
    ]);
  });
});
