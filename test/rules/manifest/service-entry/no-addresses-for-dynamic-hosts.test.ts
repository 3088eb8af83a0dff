import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5412'];

describe('no-addresses-for-dynamic-hosts', () => {
  it.each([
    [
      'addresses',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\naddresses: [10.0.0.1]',
      ),
      ['MS5412 line 8'],
    ],
    [
      'endpoints',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nendpoints:\n  - address: 1.1.1.1',
      ),
      ['MS5412 line 9'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['neither', serviceEntry('hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS')],
    [
      'empty lists',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\naddresses: []\nendpoints: []',
      ),
    ],
    [
      'another resolution',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\naddresses: [10.0.0.1]\nendpoints: [{address: 1.1.1.1}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: ["*.example.com"]\nports: {tls: 443}\nresolution: DYNAMIC_DNS\naddresses: [10.0.0.1]\n').findings,
    ).toEqual(['MS5412 line 5']);
  });
});
