import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5417'];

describe('one-host-on-plain-tcp', () => {
  it.each([
    [
      'TCP',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      ['MS5417 line 10'],
    ],
    [
      'tcp',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: tcp'),
      ['MS5417 line 10'],
    ],
    [
      'MYSQL',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: MYSQL'),
      ['MS5417 line 10'],
    ],
    [
      'UDP',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: UDP'),
      ['MS5417 line 10'],
    ],
    [
      'STATIC',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: STATIC\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      ['MS5417 line 10'],
    ],
    [
      'no protocol',
      serviceEntry(
        'hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - {number: 443, name: tls, protocol: TLS}\n  - {number: 80, name: a}',
      ),
      ['MS5417 line 9'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['one host', serviceEntry('hosts: [a.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TCP')],
    [
      'NONE',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: NONE\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
    ],
    ['the default', serviceEntry('hosts: [a.example.com, b.example.com]\nports:\n  - number: 80\n    name: a\n    protocol: TCP')],
    [
      'HTTP',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTP'),
    ],
    [
      'http2',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: http2'),
    ],
    [
      'GRPC',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: GRPC'),
    ],
    [
      'GRPC-WEB',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: GRPC-WEB'),
    ],
    [
      'HTTP_PROXY',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTP_PROXY'),
    ],
    [
      'HTTPS',
      serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTPS'),
    ],
    ['TLS', serviceEntry('hosts: [a.example.com, b.example.com]\nresolution: DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: [a.example.com, b.example.com]\nports: {mysql: 3306}\n').findings).toEqual(['MS5417 line 3']);
  });
});
