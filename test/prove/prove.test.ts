import { describe, expect, it } from 'vitest';
import { type Rendered, rendered, routeLines } from '../support/rendered.ts';

const service = `service: reviews
port: 9080
versions: [v1, v2]
stable: v1
pins: [{user: jason, version: v2}]
`;

const proofs = ({ diagnostics }: Rendered): readonly string[] =>
  diagnostics.filter(({ code }) => code.startsWith('MS600')).map(({ code, message }) => `${code} ${message}`);

describe('a proof is about what was rendered', () => {
  const other = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: other, namespace: bookinfo}
spec:
  hosts: [reviews]
  http: [{route: [{destination: {host: ratings}}]}]
`;

  it('not about manifests that people wrote beside it', () => {
    const one = rendered(service, {
      environment: 'user: {header: end-user}\nmanifests: [legacy/]',
      files: { 'mesh/legacy/other.yaml': other },
    });
    expect(proofs(one)).toEqual([]);
  });

  it('not about what the registry shows', () => {
    const one = rendered(service, { environment: 'user: {header: end-user}\nregistry: [k8s/]', files: { 'mesh/k8s/other.yaml': other } });
    expect(proofs(one)).toEqual([]);
  });
});

describe('patches', () => {
  const patched = (ops: string, kind = 'VirtualService') =>
    proofs(rendered(`${service}patches: [{target: ${kind}, reason: test, ops: [${ops}]}]\n`));

  it('are proven against before they are applied, and their effect is noted with a request', () => {
    expect(patched('{op: add, path: /spec/http/1/timeout, value: 3s}')).toEqual([
      'MS6005 the patches change what happens to GET / to reviews:9080: v1 with no `timeout` becomes v1 with `timeout: 3s`',
    ]);
    expect(patched('{op: remove, path: /spec/http/0}')).toEqual([
      'MS6005 the patches change what happens to GET / with `end-user: jason` to reviews:9080: v2 becomes v1',
    ]);
  });

  it('are noted for policies and labels, too', () => {
    expect(patched('{op: add, path: /spec/trafficPolicy, value: {loadBalancer: {simple: RANDOM}}}', 'DestinationRule')).toEqual([
      'MS6005 the patches change what happens to requests to reviews on port 9080: {"labels":{}} becomes {"labels":{},"loadBalancer":{"simple":"RANDOM"}}',
    ]);
  });

  it('that change no decision are nothing to tell', () => {
    expect(patched('{op: add, path: /metadata/annotations, value: {a: b}}')).toEqual([]);
    expect(patched('{op: add, path: /spec/http/0/name, value: pinned}')).toEqual([]);
  });
});

describe('intents that take turns', () => {
  it('prove where two are about one host and each speaks of something else', () => {
    expect(proofs(rendered(`${service}---\nservice: reviews-limits\nhost: reviews\nport: 9080\n`))).toEqual([]);
  });

  it('prove for externals of several hosts, told apart by authority', () => {
    const books = 'external: books\nhosts: [a.example.org, b.example.org]\nports: {http: 80}\ntimeout: 3s\n';
    expect(proofs(rendered(books))).toEqual([]);
  });

  it('prove on shared hosts: Istio drops a route of a delegate when one of its alternatives conflicts, so each is a route', () => {
    const intents = `gateway: shop
servers: [{http: 80, hosts: [shop.example.com]}]
hosts: {shop.example.com: [{prefix: /m, service: reviews}]}
---
service: reviews
port: 9080
versions: [v1, v2]
stable: v1
routes: [{match: [{uri: {prefix: /read}}, {headers: {x-beta: {exact: "1"}}}], to: v2}]
`;
    const one = rendered(intents);
    expect(proofs(one)).toEqual([]);
    expect(routeLines(one.http('VirtualService reviews-shop'))).toEqual([
      'uri^/read → reviews:9080/v2',
      'x-beta=1 → reviews:9080/v2',
      'all → reviews:9080/v1',
    ]);
  });
});

describe('connections by a gateway', () => {
  const db = (server: string) => `gateway: edge
servers: [{tls: 9999, hosts: [db.example.com], ${server}}]
---
service: db
ports: {main: {number: 7000, protocol: ${server.includes('PASS') ? 'TLS' : 'TCP'}}}
versions: [v1]
stable: v1
expose: {gateway: edge, hosts: [db.example.com]}
`;

  it('prove where TLS ends at it and where it is passed on', () => {
    expect(proofs(rendered(db('mode: SIMPLE, credentialName: db-cert')))).toEqual([]);
    expect(proofs(rendered(db('mode: PASSTHROUGH')))).toEqual([]);
  });
});
