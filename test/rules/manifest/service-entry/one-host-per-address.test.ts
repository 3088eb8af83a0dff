import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5419'];

describe('one-host-per-address', () => {
  it.each([
    [
      'TLS',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\naddresses:\n  - 10.0.0.1\n  - 10.0.0.2\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS',
      ),
      ['MS5419 line 7'],
    ],
    [
      'HTTPS beside HTTP',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\naddresses:\n  - 10.0.0.1\n  - 10.0.0.2\nresolution: DNS_ROUND_ROBIN\nports: [{number: 80, name: a, protocol: HTTP}, {number: 443, name: b, protocol: https}]',
      ),
      ['MS5419 line 7'],
    ],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'one host',
      serviceEntry(
        'hosts: [a.example.com]\naddresses: [10.0.0.1]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS',
      ),
    ],
    [
      'no address',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS'),
    ],
    [
      'HTTP',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\naddresses: [10.0.0.1]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTP',
      ),
    ],
    [
      'NONE',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\naddresses: [10.0.0.1]\nresolution: NONE\nports:\n  - number: 80\n    name: a\n    protocol: TLS',
      ),
    ],
    [
      'STATIC',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\naddresses: [10.0.0.1]\nresolution: STATIC\nports:\n  - number: 80\n    name: a\n    protocol: TLS',
      ),
    ],
    [
      'TCP, which another rule refuses',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\naddresses: [10.0.0.1]\nresolution: DNS\nports: [{number: 443, name: a, protocol: TLS}, {number: 80, name: b, protocol: TCP}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: [a.example.com, b.example.com]\nports: {https: 443}\naddresses: [10.0.0.1]\n').findings,
    ).toEqual(['MS5419 line 4']);
  });
});
