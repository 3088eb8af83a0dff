import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { rendered, routeLines } from '../support/rendered.ts';

const external = (words: string, options = {}) => rendered(`external: e\n${words}\n`, options);
const one = 'hosts: [e.example]\n';
const entryPorts = (words: string) => external(words).spec('ServiceEntry e').ports;
const list = (words: string, name: 'http' | 'tls' | 'tcp') =>
  routeLines((external(words).spec('VirtualService e')[name] ?? []) as readonly JsonObject[]);

describe('the ServiceEntry', () => {
  it('is found by DNS unless it says otherwise', () => {
    expect(external(`${one}ports: {http: 80}`).spec('ServiceEntry e')).toEqual({
      hosts: ['e.example'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
    });
  });

  it('registers what runs inside', () => {
    const words = 'location: MESH_INTERNAL\nresolution: STATIC\nendpoints: [{address: 192.0.2.1, labels: {version: v1}}]\n';
    expect(external(`${one}ports: {tcp: 3306}\n${words}`).spec('ServiceEntry e')).toMatchObject({
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      endpoints: [{ address: '192.0.2.1', labels: { version: 'v1' } }],
    });
  });

  it('ports by name, by number, in the long form', () => {
    expect(
      entryPorts(`${one}ports: {8080: {name: http-x}, 9090: {}, 27017: {protocol: MONGO}, https: {number: 443, targetPort: 8443}}`),
    ).toEqual([
      { number: 8080, name: 'http-x', protocol: 'HTTP' },
      { number: 9090, name: 'http-9090', protocol: 'HTTP' },
      { number: 27017, name: 'mongo-27017', protocol: 'MONGO' },
      { number: 443, name: 'https', protocol: 'HTTPS', targetPort: 8443 },
    ]);
  });

  it('stands, with its DestinationRule, in the namespace of its host where the environment owns that', () => {
    const words = 'external: e\nhosts: [e.other.svc.cluster.local]\nports: {http: 80}\nloadBalancer: RANDOM\n';
    expect(rendered(`${words}---\nservice: x\nnamespace: other\n`).titles).toEqual(['ServiceEntry other/e', 'DestinationRule other/e']);
    const foreign = rendered(words);
    expect([foreign.titles, foreign.findings]).toEqual([['ServiceEntry e', 'DestinationRule e'], ['MS2015 line 2']]);
  });

  it.each([
    ['without hosts', 'ports: {http: 80}', 'MS2009 line 1'],
    ['without ports', one, 'MS2016 line 1'],
    ['a word on a port that can not carry it', `${one}ports: {https: 443}\ntimeout: 3s`, 'MS2033 line 4'],
    ['routing to a wildcard', 'hosts: ["*.e.example"]\nports: {http: 80}\ntimeout: 3s', 'MS2037 line 2'],
    ['routing several hosts on TCP', 'hosts: [a.example, b.example]\nports: {tcp: 80}\nvirtualService: true', 'MS2060 line 2'],
  ])('refused: %s', (_, words, finding) => {
    expect(external(words).findings).toEqual([finding]);
  });
});

describe('its VirtualService', () => {
  it('http for a word about routing; tls by SNI and tcp where it is asked for', () => {
    expect(list(`${one}ports: {http: 80}\ntimeout: 3s`, 'http')).toEqual(['all → e.example']);
    expect(list(`${one}ports: {https: 443}\nvirtualService: true`, 'tls')).toEqual(['port=443 & sniHosts=[e.example] → e.example:443']);
    expect(list(`${one}ports: {mongo: 99}\nvirtualService: true`, 'tcp')).toEqual(['port=99 → e.example:99']);
  });

  it('several hosts: told apart by authority, each with its own rule', () => {
    const result = external('hosts: [a.example, b.example]\nports: {http: 80}\ntimeout: 1s\nloadBalancer: RANDOM');
    expect(routeLines(result.http('VirtualService e'))).toEqual([
      'authority~a\\.example(:[0-9]+)? → a.example',
      'authority~b\\.example(:[0-9]+)? → b.example',
    ]);
    expect(result.titles).toContain('DestinationRule e-b-example');
  });
});

describe('originateTls: plain inside, TLS outside', () => {
  const ports = 'ports: {http: 80, https: 443}\n';

  it('port 80 with targetPort 443 and tls on 80 alone, always with sni', () => {
    const result = external(`${one}ports: {http: 80, http-b: 8080, https: 443}\noriginateTls: true`);
    expect(result.spec('ServiceEntry e').ports).toEqual([
      { number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 },
      { number: 8080, name: 'http-b', protocol: 'HTTP' },
      { number: 443, name: 'https', protocol: 'HTTPS' },
    ]);
    expect(result.spec('DestinationRule e').trafficPolicy).toEqual({
      portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: 'e.example' } }],
    });
  });

  it('needs Istio 1.7 for that, and the finding carries its line', () => {
    expect(external(`${one}${ports}originateTls: true`, { istio: '1.6' }).findings).toEqual(['MS4051 line 4']);
    expect(external(`${one}${ports}originateTls: true`, { istio: '1.7' }).ok).toBe(true);
  });

  it("form rewrite is Bookinfo's two-port form", () => {
    const result = external(`${one}${ports}originateTls: {form: rewrite}`);
    expect(routeLines(result.http('VirtualService e'))).toEqual(['port=80 → e.example:443']);
    expect(result.spec('DestinationRule e').trafficPolicy).toEqual({
      portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'SIMPLE' } }],
    });
  });

  it('needs an http port', () => {
    expect(external(`${one}ports: {https: 443}\noriginateTls: true`).findings).toEqual(['MS2036 line 4']);
  });
});

describe('via: through an egress gateway', () => {
  const proxy = 'istio-egressgateway.istio-system.svc.cluster.local';

  it('a Gateway of its own, a route from the mesh and one from the gateway, no rule for the hop', () => {
    const result = external(`${one}ports: {https: 443}\nvia: istio-egressgateway`);
    expect(result.titles).toEqual(['ServiceEntry e', 'Gateway e-egress', 'VirtualService e']);
    expect(result.spec('Gateway e-egress')).toEqual({
      selector: { istio: 'egressgateway' },
      servers: [{ port: { number: 443, name: 'tls-443', protocol: 'TLS' }, hosts: ['e.example'], tls: { mode: 'PASSTHROUGH' } }],
    });
    expect(result.spec('VirtualService e').gateways).toEqual(['mesh', 'e-egress']);
    expect(routeLines(result.spec('VirtualService e').tls as readonly JsonObject[])).toEqual([
      `port=443 & sniHosts=[e.example] & gateways=[mesh] → ${proxy}:443`,
      'port=443 & sniHosts=[e.example] & gateways=[e-egress] → e.example:443',
    ]);
  });

  it('what is said of a request holds once: inside, but for what changes or copies it', () => {
    const words = 'timeout: 3s\nroutes: [{match: {uri: {prefix: /a}}, rewrite: {uri: /}, mirror: {host: copy.example}}]';
    const routes = external(`${one}ports: {http: 80}\nvia: istio-egressgateway\n${words}`).http('VirtualService e');
    expect(routeLines(routes)).toEqual([
      `uri^/a & gateways=[mesh] & port=80 → ${proxy}:80`,
      `gateways=[mesh] & port=80 → ${proxy}:80`,
      'uri^/a & gateways=[e-egress] & port=80 → e.example:80',
      'gateways=[e-egress] & port=80 → e.example:80',
    ]);
    expect(routes.map((route) => ['timeout', 'rewrite', 'mirror'].filter((field) => route[field] !== undefined))).toEqual([
      ['timeout'],
      ['timeout'],
      ['rewrite', 'mirror'],
      [],
    ]);
  });

  it.each([
    ['namespace/name', 'via: out/egress', {}, 'egress.out.svc.cluster.local:443'],
    ['words of its own', 'via: {service: egress, namespace: out, port: 8443}', {}, 'egress.out.svc.cluster.local:8443'],
    [
      'where Istio installs them, whatever the root namespace',
      'via: egress',
      { environment: 'mesh: {rootNamespace: root}' },
      'egress.istio-system.svc.cluster.local:443',
    ],
  ])('the proxy by %s', (_, words, options, expected) => {
    const [route] = external(`${one}ports: {https: 443}\n${words}`, options).spec('VirtualService e').tls as readonly JsonObject[];
    expect(routeLines(route === undefined ? [] : [route])[0]).toContain(`→ ${expected}`);
  });

  it('one port of the proxy is for one port outside', () => {
    expect(external(`${one}ports: {http: 80, https: 443}\nvia: {service: x, port: 8443}`).findings).toEqual(['MS2061 line 4']);
  });
});
