import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { rendered, routeLines } from '../support/rendered.ts';

const versions = 'versions: [v1, v2]\nstable: v1\n';
const lists = (intents: string) => {
  const spec = rendered(intents).spec('VirtualService m');
  return ['http', 'tls', 'tcp'].flatMap((list) =>
    routeLines((spec[list] ?? []) as readonly JsonObject[]).map((line) => `${list}: ${line}`),
  );
};

describe('ports on destinations', () => {
  it('one http port: mesh destinations carry none', () => {
    expect(lists(`service: m\nport: 80\n${versions}`)).toEqual(['http: all → m/v1']);
  });

  it('no port known: none is written', () => {
    expect(lists(`service: m\n${versions}`)).toEqual(['http: all → m/v1']);
  });

  it('several: each route once per port of its protocol, match and destination together', () => {
    const intents = `service: m\nports: {http: 80, grpc: 81, tcp-x: 82, https: 443}\n${versions}pins: [{user: jason, version: v2}]\n`;
    expect(lists(intents)).toEqual([
      'http: port=80 & end-user=jason → m:80/v2',
      'http: port=80 → m:80/v1',
      'http: port=81 & end-user=jason → m:81/v2',
      'http: port=81 → m:81/v1',
      'tls: port=443 & sniHosts=[m] → m:443/v1',
      'tcp: port=82 → m:82/v1',
    ]);
  });

  it('a hash policy of a port, or of a version at a port, acts only where the destination names the port', () => {
    expect(lists(`service: m\nports: {http: {number: 80, loadBalancer: {hash: sourceIp}}}\n${versions}`)).toEqual(['http: all → m:80/v1']);
    const ofVersion = 'versions: {v1: {ports: {http: {loadBalancer: {hash: sourceIp}}}}}\nstable: v1\n';
    expect(lists(`service: m\nports: {http: 80}\n${ofVersion}`)).toEqual(['http: all → m:80/v1']);
  });
});

describe('protocols', () => {
  it.each([
    ['http', 'HTTP', 'http'],
    ['grpc-web-x', 'GRPC-WEB', 'http'],
    ['mysql', 'MYSQL', 'tcp'],
    ['tls-x', 'TLS', 'tls'],
  ])('the name %s is read as Istio reads it', (name, protocol, list) => {
    const result = rendered(`external: e\nhosts: [e.example]\nports: {${name}: 99}\nvirtualService: true\n`);
    expect(result.spec('ServiceEntry e').ports).toEqual([{ number: 99, name, protocol }]);
    expect(Object.keys(result.spec('VirtualService e')).at(-1)).toBe(list);
  });

  it.each([
    ['a name without protocol', 'ports: {metrics: 80}', 'MS2031 line 2'],
    ['UDP, which Istio does not route', 'ports: {udp-dns: 53}', 'MS2031 line 2'],
    ['two ports of one number', 'ports: {http: 80, http-b: 80}', 'MS2032 line 2'],
    ['a name without number', 'ports: {http: {loadBalancer: RANDOM}}', 'MS2030 line 2'],
  ])('refused: %s', (_, words, finding) => {
    expect(rendered(`service: m\n${words}\n`).findings).toEqual([finding]);
  });

  it('a word that the protocol can not carry is an error where the intent says it', () => {
    const words = `ports: {tcp: 82}\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, mirror: 5}\ntimeout: 3s\npins: [{user: j, version: v2}]\n`;
    expect(rendered(`service: m\n${words}`).findings.toSorted()).toEqual(['MS2033 line 5', 'MS2033 line 6', 'MS2033 line 7']);
  });

  it('and skipped where it comes from defaults', () => {
    const result = rendered(`service: m\nports: {tcp: 82}\n${versions}---\nexternal: e\nhosts: [e.example]\nports: {https: 443}\n`, {
      environment: 'defaults: {service: {timeout: 5s}, external: {timeout: 5s}}',
    });
    expect([result.findings, result.titles]).toEqual([[], ['DestinationRule m', 'VirtualService m', 'ServiceEntry e']]);
    expect(result.spec('VirtualService m')).not.toHaveProperty('http');
  });
});
