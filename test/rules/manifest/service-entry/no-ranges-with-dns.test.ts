import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5416'];

describe('no-ranges-with-dns', () => {
  it.each([
    [
      'DNS',
      serviceEntry(
        'hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\naddresses:\n  - 10.0.0.1\n  - 10.0.0.0/8',
      ),
      ['MS5416 line 10'],
    ],
    [
      'DNS_ROUND_ROBIN, a range of one',
      serviceEntry('hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN\naddresses: [10.0.0.1/32]'),
      ['MS5416 line 8'],
    ],
    [
      'IPv6',
      serviceEntry('hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\naddresses: ["2001:db8::/32"]'),
      ['MS5416 line 8'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'addresses',
      serviceEntry('hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\naddresses: [10.0.0.1, "::1"]'),
    ],
    ['NONE', serviceEntry('hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE\naddresses: [10.0.0.0/8]')],
    ['the default', serviceEntry('hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\naddresses: [10.0.0.0/8]')],
    ['STATIC', serviceEntry('hosts: [a.b]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\naddresses: [10.0.0.0/8]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: [books.example.com]\nports: {https: 443}\naddresses: [10.0.0.0/8]\n').findings).toEqual([
      'MS5416 line 4',
    ]);
  });
});
