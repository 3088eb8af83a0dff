import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5405'];

describe('one-endpoint-for-round-robin', () => {
  it.each([
    [
      'two',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN\nendpoints:\n  - address: a.example.com\n  - address: b.example.com',
      ),
      ['MS5405 line 10'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'one',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN\nendpoints: [{address: a.example.com}]',
      ),
    ],
    ['none', serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN')],
    [
      'two of DNS',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints: [{address: a.example.com}, {address: b.example.com}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.16',
      'Envoy refuses it before Istio did',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN\nendpoints: [{address: a.example.com}, {address: b.example.com}]',
      ),
      ['MS5405 line 8'],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('points at the intent', () => {
    expect(
      rendered(
        'external: books\nhosts: [books.example.com]\nports: {https: 443}\nresolution: DNS_ROUND_ROBIN\nendpoints:\n  - address: a.example.com\n  - address: b.example.com\n',
      ).findings,
    ).toEqual(['MS5405 line 7']);
  });
});
