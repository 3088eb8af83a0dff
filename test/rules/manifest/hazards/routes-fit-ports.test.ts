import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5911'];
const to = 'route: [{destination: {host: api.example.com}}]';
const routes = {
  http: `http: [{timeout: 1s, ${to}}]`,
  tls: `tls: [{match: [{sniHosts: [api.example.com]}], ${to}}]`,
  tcp: `tcp: [{${to}}]`,
};
/** The routes stand on line 6. */
const routed = (list: keyof typeof routes, more = '', hosts = 'api.example.com') =>
  virtualService(`hosts: [${hosts}]\n${routes[list]}${more}`);
const entry = (...protocols: readonly string[]) =>
  manifest(
    'ServiceEntry',
    'api',
    `hosts: [api.example.com]\nresolution: DNS\nports: [${protocols.map((one, i) => `{number: ${440 + i}, name: p${i}${one === '' ? '' : `, protocol: ${one}`}}`).join(', ')}]`,
  );
const findings = (...texts: readonly string[]) => checked(documents(...texts), { only }).findings;

describe('routes-fit-ports', () => {
  it.each([
    ['http', 'HTTPS'],
    ['http', 'tls'],
    ['http', 'TCP'],
    ['tls', 'HTTP'],
    ['tls', 'TCP'],
    ['tcp', 'GRPC'],
    ['tcp', 'HTTPS'],
  ] as const)('warning: %s routes on a port for %s', (list, protocol) => {
    expect(findings(routed(list), entry(protocol))).toEqual(['MS5911 line 6']);
  });

  it('names the ports', () => {
    expect(checked(documents(routed('http'), entry('HTTPS', 'TCP')), { only }).diagnostics[0]?.message).toBe(
      'the `http` routes of VirtualService bookinfo/reviews have no effect in the mesh: api.example.com has only HTTPS port 440 and TCP port 441',
    );
  });

  it.each([
    ['its kind', 'http', ['HTTP2']],
    ['its kind among others', 'http', ['HTTPS', 'HTTP']],
    ['TLS', 'tls', ['HTTPS']],
    ['connections', 'tcp', ['MONGO']],
    ['a port of which nothing is said', 'http', ['HTTPS', '']],
  ] as const)('fine: a port for %s', (_, list, protocols) => {
    expect(findings(routed(list), entry(...protocols))).toEqual([]);
  });

  it('fine: at a gateway as well; a host that nobody knows; another host that fits', () => {
    expect(findings(routed('http', '\ngateways: [gw, mesh]'), entry('HTTPS'))).toEqual([]);
    expect(findings(routed('http'))).toEqual([]);
    expect(findings(routed('http', '', 'api.example.com, other.example.com'), entry('HTTPS'))).toEqual([]);
  });

  it('ports of a Service by their names', () => {
    const service = (name: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: bookinfo}\nspec: {ports: [{port: 1, name: ${name}}]}\n`;
    expect(findings(routed('http', '', 'db'), service('tcp-db'))).toEqual(['MS5911 line 6']);
    expect(findings(routed('http', '', 'db'), service('web'))).toEqual([]);
  });

  it('intents write the routes that fit', () => {
    expect(rendered('external: google\nhosts: [www.google.com]\nports: {https: 443}\nvirtualService: true\n').codes).toEqual([]);
  });
});
