import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5401'];

describe('resolution-for-endpoints', () => {
  it.each([
    [
      'NONE is written',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE\nendpoints: [{address: 1.1.1.1}]',
      ),
      ['MS5401 line 8'],
    ],
    [
      'NONE is the default',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nendpoints: [{address: 1.1.1.1}]'),
      ['MS5401 line 7'],
    ],
    [
      'an empty list',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nendpoints: []'),
      ['MS5401 line 7'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'STATIC',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: 1.1.1.1}]',
      ),
    ],
    [
      'DNS',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints: [{address: b.example.com}]',
      ),
    ],
    ['no endpoints', serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.23',
      'an empty list is refused by the CRD',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nendpoints: []'),
      ['MS5401 line 7'],
    ],
    [
      '1.22',
      'an empty list is none',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nendpoints: []'),
      [],
    ],
    [
      '1.9',
      'an endpoint is refused in every version',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nendpoints: [{address: 1.1.1.1}]'),
      ['MS5401 line 7'],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('says what is wrong', () => {
    expect(checked(serviceEntry('hosts: [a.example.com]\nendpoints: []'), { only }).diagnostics[0]?.message).toBe(
      'ServiceEntry bookinfo/ratings has an empty list of endpoints beside resolution NONE, which is the default',
    );
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: [books.example.com]\nports: {https: 443}\nresolution: NONE\nendpoints: [{address: 1.1.1.1}]\n')
        .findings,
    ).toEqual(['MS5401 line 5']);
  });
});
