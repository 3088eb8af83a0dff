import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
/** The apiVersion that older meshes serve as well. */
const inBeta = (text: string) => text.replace('/v1\n', '/v1beta1\n');
const only = ['MS5414'];

describe('location-for-dynamic-hosts', () => {
  it.each([
    [
      '1.29',
      'inside',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nlocation: MESH_INTERNAL',
      ),
      ['MS5414 line 8'],
    ],
    [
      '1.29',
      'outside',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nlocation: MESH_EXTERNAL',
      ),
      [],
    ],
    [
      '1.30',
      'inside without a waypoint',
      serviceEntry(
        'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nlocation: MESH_INTERNAL',
      ),
      [],
    ],
    [
      '1.28',
      'outside is the default',
      serviceEntry('hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nexportTo: ["."]'),
      [],
    ],
  ])('in Istio %s: %s', (istio, _, text, findings) => {
    expect(checked(inBeta(text), { istio, only }).findings).toEqual(findings);
  });

  it.each([
    ['reviews', ['MS5414 line 8']],
    ['none', []],
    ['None', []],
    ['""', []],
  ])('inside with the waypoint %s', (waypoint, findings) => {
    const text = serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS\nlocation: MESH_INTERNAL');
    const labelled = text.replace('namespace: bookinfo}', `namespace: bookinfo,\n  labels: {istio.io/use-waypoint: ${waypoint}}}`);
    expect(checked(labelled, { only }).findings).toEqual(findings);
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: ["*.example.com"]\nports: {http: 80}\nlocation: MESH_INTERNAL\nresolution: DYNAMIC_DNS\n', {
        istio: '1.29',
      }).findings,
    ).toEqual(['MS5414 line 4']);
  });
});
