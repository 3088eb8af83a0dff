import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5413'];

describe('protocols-for-dynamic-hosts', () => {
  it.each([
    [
      'TCP',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: TCP'),
      ['MS5413 line 10'],
    ],
    [
      'HTTPS',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTPS'),
      ['MS5413 line 10'],
    ],
    [
      'GRPC-WEB',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: GRPC-WEB'),
      ['MS5413 line 10'],
    ],
    [
      'UDP',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: UDP'),
      ['MS5413 line 10'],
    ],
    [
      'no protocol',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a'),
      ['MS5413 line 8'],
    ],
    [
      'empty protocol',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: ""'),
      ['MS5413 line 10'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['HTTP', serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTP')],
    [
      'small letters',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: http'),
    ],
    ['HTTP2', serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTP2')],
    ['GRPC', serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: GRPC')],
    ['TLS', serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS')],
    ['no ports', serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nlocation: MESH_EXTERNAL')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it.each([
    [
      '1.28',
      'HTTP alone',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS'),
      ['MS5413 line 10'],
    ],
    [
      '1.28',
      'HTTP alone',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: HTTP'),
      [],
    ],
    [
      '1.29',
      'TLS as well',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: TLS'),
      [],
    ],
    [
      '1.29',
      'not yet',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: GRPC'),
      ['MS5413 line 10'],
    ],
    [
      '1.30',
      'GRPC as well',
      serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nports:\n  - number: 80\n    name: a\n    protocol: GRPC'),
      [],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it('fine: any protocol with another resolution', () => {
    expect(
      checked(serviceEntry('hosts: [a.b]\nresolution: DNS\nports: [{number: 80, name: a, protocol: TCP}]'), { only }).findings,
    ).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: ["*.example.com"]\nports: {tcp: 9000}\nresolution: DYNAMIC_DNS\n').findings).toEqual([
      'MS5413 line 3',
    ]);
  });
});
