import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5406'];

describe('declared-endpoint-ports', () => {
  it.each([
    [
      'STATIC',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints:\n  - address: 1.1.1.1\n    ports:\n      tls: 8443\n      http: 80',
      ),
      ['MS5406 line 12'],
    ],
    [
      'DNS',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints: [{address: b.example.com, ports: {http: 80}}]',
      ),
      ['MS5406 line 8'],
    ],
    [
      'DNS_ROUND_ROBIN',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN\nendpoints: [{address: b.example.com, ports: {http: 80}}]',
      ),
      ['MS5406 line 8'],
    ],
    [
      'other capitals',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: 1.1.1.1, ports: {TLS: 80}}]',
      ),
      ['MS5406 line 8'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'a declared port',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: 1.1.1.1, ports: {tls: 8443}}]',
      ),
    ],
    [
      'no ports',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: 1.1.1.1}]',
      ),
    ],
    [
      'a socket, whose ports another rule refuses',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: "unix:///a", ports: {http: 80}}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('helps with a slip', () => {
    const { diagnostics } = checked(
      serviceEntry('hosts: [a.b]\nports: [{number: 80, name: http}]\nresolution: DNS\nendpoints: [{address: b.c, ports: {htp: 1}}]'),
      { only },
    );
    expect(diagnostics.map(({ hints }) => hints)).toEqual([['did you mean `http`?']]);
  });

  it('says so where nothing is declared', () => {
    const [finding] = checked(serviceEntry('hosts: [a.b]\nresolution: DNS\nendpoints: [{address: b.c, ports: {http: 1}}]'), {
      only,
    }).diagnostics;
    expect(finding?.message).toBe('an endpoint of ServiceEntry bookinfo/ratings has a port `http`; the ServiceEntry declares no ports');
  });

  it('points at the intent', () => {
    expect(
      rendered(
        'external: books\nhosts: [books.example.com]\nports: {https: 443}\nendpoints:\n  - address: b.example.com\n    ports: {http: 80}\n',
      ).findings,
    ).toEqual(['MS5406 line 6']);
  });
});
