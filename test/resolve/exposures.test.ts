import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { documents, httpGateway, reviews } from '../support/builders.ts';
import { rendered, routeLines } from '../support/rendered.ts';

const exposed = (entry: string, gateway = httpGateway) => rendered(`${reviews}expose: ${entry}\n${gateway}`);
const gatewayWith = (servers: string) => `---\ngateway: gw\nservers:\n${servers}`;
const shop = '[{gateway: gw, hosts: [shop.example.com]}]';

describe('expose without hosts and match', () => {
  it("joins the mesh VirtualService, the seed's form, and says which Host names reach it", () => {
    const result = exposed('gw');
    expect(result.spec('VirtualService reviews')).toMatchObject({ hosts: ['reviews'], gateways: ['gw', 'mesh'] });
    expect([result.titles, result.findings]).toEqual([
      ['DestinationRule reviews', 'VirtualService reviews', 'Gateway gw'],
      ['MS3003 line 5'],
    ]);
  });

  it('joins on several gateways', () => {
    const two = rendered(`${reviews}expose: [gw, gw2]\n${httpGateway}${httpGateway.replace('gw', 'gw2')}`);
    expect(two.spec('VirtualService reviews').gateways).toEqual(['gw', 'gw2', 'mesh']);
  });

  it('needs a single port', () => {
    expect(rendered(`service: m\nports: {http: 80, grpc: 90}\nexpose: gw\n${httpGateway}`).findings).toEqual(['MS2044 line 3']);
  });

  it('needs a gateway that serves the internal name: otherwise nothing would ever reach it', () => {
    const result = exposed('gw', gatewayWith('  - {http: 80, hosts: [shop.example.com]}\n'));
    expect([result.findings, result.diagnostics[0]?.hints]).toEqual([
      ['MS2043 line 5'],
      ['write `expose: [{gateway: gw, hosts: [shop.example.com]}]`'],
    ]);
  });
});

describe('expose with hosts or match', () => {
  it('is a VirtualService of its own with the same pins and percentages, and the port', () => {
    const result = rendered(
      `${reviews}canary: {version: v3, percent: 10}\npins: [{user: jason, version: v2}]\nexpose: ${shop}\n${httpGateway}`,
    );
    expect(result.spec('VirtualService reviews-gw')).toMatchObject({ hosts: ['shop.example.com'], gateways: ['gw'] });
    expect(routeLines(result.http('VirtualService reviews-gw'))).toEqual([
      'end-user=jason → reviews:9080/v2',
      'all → reviews:9080/v1=90 reviews:9080/v3=10',
    ]);
    expect(result.spec('VirtualService reviews')).not.toHaveProperty('gateways');
  });

  it("without hosts it takes the gateway's, those that no other covers", () => {
    const result = exposed(
      '[{gateway: gw, match: {uri: {prefix: /p}}}]',
      gatewayWith('  - {http: 80, hosts: ["*.b.example", a.b.example]}\n'),
    );
    expect(result.spec('VirtualService reviews-gw').hosts).toEqual(['*.b.example']);
    expect(routeLines(result.http('VirtualService reviews-gw'))).toEqual(['uri^/p → reviews:9080/v1']);
  });

  it('may have routes of its own, instead of those of the mesh', () => {
    const result = rendered(
      `${reviews}routes: [{match: {uri: {prefix: /m}}, to: v2}]\nexpose: [{gateway: gw, hosts: [a.b], routes: [{match: {uri: {prefix: /p}}, to: v3}]}]\n${httpGateway}`,
    );
    expect(routeLines(result.http('VirtualService reviews-gw'))).toEqual(['uri^/p → reviews:9080/v3', 'all → reviews:9080/v1']);
  });

  it.each([
    ['an unknown gateway', '[{gateway: gww, hosts: [a.b]}]', ['MS2003 line 5']],
    ['an unknown port', '[{gateway: gw, hosts: [a.b], port: 1}]', ['MS2040 line 5']],
    ['an unknown server', '[{gateway: gw, server: https}]', ['MS2041 line 5']],
    ['hosts that cover each other', '[{gateway: gw, hosts: ["*.b.example", a.b.example]}]', ['MS2051 line 5']],
    ['two of one name', '[{gateway: gw, hosts: [a.b]}, {gateway: gw, hosts: [c.d]}]', ['MS2048 line 5']],
  ])('refused: %s', (_, entry, findings) => {
    expect(exposed(entry).findings).toEqual(findings);
  });

  it('two on one gateway need names of their own', () => {
    const result = exposed('[{gateway: gw, hosts: [a.b]}, {gateway: gw, hosts: [c.d], name: second}]');
    expect(result.titles).toContain('VirtualService second');
  });

  it('hosts must be served, and to this namespace', () => {
    expect(exposed(shop, gatewayWith('  - {http: 80, hosts: [a.b]}\n')).findings).toEqual(['MS2043 line 5']);
    expect(exposed(shop, gatewayWith('  - {http: 80, hosts: ["*/shop.example.com"]}\n')).findings).toEqual([]);
    expect(exposed(shop, gatewayWith('  - {http: 80, hosts: ["./shop.example.com"]}\n')).findings).toEqual([]);
    expect(exposed(shop, gatewayWith('  - {http: 80, hosts: ["other/shop.example.com"]}\n')).findings).toEqual(['MS2043 line 5']);
  });

  it('several http ports: one must be named', () => {
    const two = (port: string) => `service: m\nports: {http: 80, grpc: 90}\nexpose: [{gateway: gw, hosts: [a.b]${port}}]\n${httpGateway}`;
    expect(rendered(two('')).findings).toEqual(['MS2040 line 3']);
    expect(routeLines(rendered(two(', port: grpc')).http('VirtualService m-gw'))).toEqual(['all → m:90']);
  });
});

describe('the server decides http, tls by SNI, or tcp', () => {
  const both = gatewayWith('  - {http: 80, hosts: [a.b], tls: {httpsRedirect: true}}\n  - {https: 443, hosts: [a.b], credentialName: c}\n');
  const lists = (spec: JsonObject) =>
    ['http', 'tls', 'tcp'].flatMap((list) => routeLines((spec[list] ?? []) as readonly JsonObject[]).map((line) => `${list}: ${line}`));
  const l4 = (ports: string, entry: string, servers: string) =>
    lists(rendered(`service: m\nports: ${ports}\nexpose: ${entry}\n${gatewayWith(servers)}`).spec('VirtualService m-gw'));

  it('terminated HTTPS carries http; both servers share the routes', () => {
    expect(lists(exposed('[{gateway: gw, hosts: [a.b]}]', both).spec('VirtualService reviews-gw'))).toEqual([
      'http: all → reviews:9080/v1',
    ]);
  });

  it.each(['https', 443])('a server by name or number: %s', (server) => {
    const spec = exposed(`[{gateway: gw, server: ${server}}]`, both).spec('VirtualService reviews-gw');
    expect(lists(spec)).toEqual(['http: port=443 → reviews:9080/v1']);
  });

  it('all servers of a number, whose hosts differ', () => {
    const servers = '  - {https: 443, hosts: [a.b], credentialName: c}\n  - {https: 443, hosts: [c.d], credentialName: d}\n';
    const spec = exposed('[{gateway: gw, server: 443}]', gatewayWith(servers)).spec('VirtualService reviews-gw');
    expect(spec.hosts).toEqual(['a.b', 'c.d']);
  });

  it('passed-through TLS by SNI, only on the servers that serve the host', () => {
    const servers = '  - {tls: 443, hosts: ["*.x.com"]}\n  - {tls: 8443, hosts: ["*.y.com"]}\n';
    expect(l4('{https: 443}', '[{gateway: gw, hosts: [m.x.com]}]', servers)).toEqual(['tls: port=443 & sniHosts=[m.x.com] → m:443']);
  });

  it('tcp by port, on each server', () => {
    expect(l4('{tcp: 9000}', 'gw', '  - {tcp: 3000}\n  - {tcp: 3001}\n')).toEqual(['tcp: port=3000 → m:9000', 'tcp: port=3001 → m:9000']);
  });

  it.each([
    ['http behind SNI', '{http: 80}', 'gw', '  - {tls: 443, hosts: ["*.x.com"]}\n', 'MS2042 line 3'],
    ['conditions on TCP', '{tcp: 80}', '[{gateway: gw, match: {uri: {prefix: /x}}}]', '  - {tcp: 3000}\n', 'MS2033 line 3'],
    ['routes on TCP', '{tcp: 80}', '[{gateway: gw, routes: [{timeout: 1s}]}]', '  - {tcp: 3000}\n', 'MS2033 line 3'],
  ])('refused: %s', (_, ports, entry, servers, finding) => {
    expect(rendered(`service: m\nports: ${ports}\nexpose: ${entry}\n${gatewayWith(servers)}`).findings).toEqual([finding]);
  });
});

describe('a gateway that exists already', () => {
  const existing = (servers: string) =>
    documents(`${reviews}expose: [{gateway: ing/shared, hosts: [a.b]}]\n`, `gateway: ing/shared\nexternal: true\n${servers}`);

  it('is named with its namespace and not written', () => {
    const result = rendered(existing('servers: [{http: 80, hosts: ["*"]}]\n'));
    expect(result.spec('VirtualService reviews-shared').gateways).toEqual(['ing/shared']);
    expect(result.titles).not.toContain('Gateway shared');
  });

  it('needs no servers for http with hosts, but for anything else', () => {
    expect(rendered(existing('')).findings).toEqual([]);
    const tcp = documents('service: m\nports: {tcp: 80}\nexpose: ing/shared\n', 'gateway: ing/shared\nexternal: true\n');
    expect(rendered(tcp).findings).toEqual(['MS2052 line 3']);
  });

  it('a gateway intent in another namespace is named by it', () => {
    const result = rendered(`${reviews}expose: [{gateway: ing/gw, hosts: [a.b]}]\n${httpGateway}namespace: ing\n`);
    expect(result.spec('VirtualService reviews-gw').gateways).toEqual(['ing/gw']);
  });
});
