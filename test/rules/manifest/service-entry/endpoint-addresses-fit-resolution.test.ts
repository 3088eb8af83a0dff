import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5403'];

describe('endpoint-addresses-fit-resolution', () => {
  it.each([
    [
      'STATIC: a name',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints:\n  - address: 1.1.1.1\n  - address: b.example.com',
      ),
      ['MS5403 line 10'],
    ],
    [
      'STATIC: four numbers and a dot are a name',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: 1.1.1.1.}]',
      ),
      ['MS5403 line 8'],
    ],
    [
      'DNS: a socket',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints: [{address: "unix:///var/run/a.sock"}]',
      ),
      ['MS5403 line 8'],
    ],
    [
      'DNS_ROUND_ROBIN: an abstract socket',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS_ROUND_ROBIN\nendpoints: [{address: "unix://@a"}]',
      ),
      ['MS5403 line 8'],
    ],
    [
      'DNS: a network in place of an address',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints:\n  - network: vms',
      ),
      ['MS5403 line 9'],
    ],
    [
      'DNS: an empty address',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints:\n  - network: vms\n    address: ""',
      ),
      ['MS5403 line 10'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'STATIC: IPv4, IPv6, a zone, sockets',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: 1.1.1.1}, {address: "::1"}, {address: "fe80::1%eth0"}, {address: "unix:///a"}, {address: "unix://@a"}]',
      ),
    ],
    [
      'STATIC: a network without address',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{network: vms}]',
      ),
    ],
    [
      'DNS: names and addresses',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nendpoints: [{address: b.example.com}, {address: short}, {address: 1.1.1.1}, {address: "::1"}]',
      ),
    ],
    [
      'NONE: another rule speaks',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE\nendpoints: [{address: b.example.com}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.9',
      'a name was never taken',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nendpoints: [{address: b.example.com}]',
      ),
      ['MS5403 line 8'],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('points at the intent', () => {
    expect(
      rendered(
        'external: books\nhosts: [books.example.com]\nports: {https: 443}\nresolution: STATIC\nendpoints:\n  - address: a.example.com\n',
      ).findings,
    ).toEqual(['MS5403 line 6']);
  });
});
