import { describe, expect, it } from 'vitest';
import { httpGateway } from '../support/builders.ts';
import { rendered } from '../support/rendered.ts';

describe('what is emitted', () => {
  it.each([
    ['nothing said', '', []],
    ['versions', 'versions: [v1]', ['DestinationRule m']],
    ['a destination policy', 'connectionPool: {tcp: {maxConnections: 1}}', ['DestinationRule m']],
    ['a route-level field', 'timeout: 3s', ['VirtualService m']],
    ['stable', 'versions: [v1]\nstable: v1', ['DestinationRule m', 'VirtualService m']],
    ['a split', 'versions: [v1]\nsplit: {v1: 100}', ['DestinationRule m', 'VirtualService m']],
    ['routes', 'routes: [{match: {uri: {prefix: /a}}, timeout: 1s}]', ['VirtualService m']],
    ['what has no manifest', 'workload: {labels: {app: m}}', []],
  ])('a service with %s', (_, words, titles) => {
    expect(rendered(`service: m\nport: 80\n${words}\n`).titles).toEqual(titles);
  });

  it.each([
    ['nothing said', '', ['ServiceEntry e']],
    ['a route-level word', 'timeout: 3s', ['ServiceEntry e', 'VirtualService e']],
    ['virtualService: true', 'virtualService: true', ['ServiceEntry e', 'VirtualService e']],
    ['a policy word', 'loadBalancer: RANDOM', ['ServiceEntry e', 'DestinationRule e']],
  ])('an external with %s', (_, words, titles) => {
    expect(rendered(`external: e\nhosts: [e.example]\nports: {http: 80}\n${words}\n`).titles).toEqual(titles);
  });

  it('subsets in the order written, labelled by their names unless they say otherwise', () => {
    expect(rendered('service: m\nversions: {v2: {}, v1: {labels: {app: m, version: one}}}\n').spec('DestinationRule m').subsets).toEqual([
      { name: 'v2', labels: { version: 'v2' } },
      { name: 'v1', labels: { app: 'm', version: 'one' } },
    ]);
  });

  it('a host as the intent spells it', () => {
    const spec = rendered('service: m\nhost: m.bookinfo.svc.cluster.local\nversions: [v1]\nstable: v1\n').spec('VirtualService m');
    expect(spec.hosts).toEqual(['m.bookinfo.svc.cluster.local']);
  });

  it('exportTo on each object', () => {
    const result = rendered('service: m\nversions: [v1]\nstable: v1\nexportTo: ["."]\n');
    expect([result.spec('VirtualService m').exportTo, result.spec('DestinationRule m').exportTo]).toEqual([['.'], ['.']]);
  });
});

describe('names, namespaces and labels', () => {
  it('names and namespace where an object must differ', () => {
    const words = 'namespace: shop\nnames: {VirtualService: m-routes, DestinationRule: m-subsets}\nversions: [v1]\nstable: v1\n';
    expect(rendered(`service: m\n${words}`).titles).toEqual(['DestinationRule shop/m-subsets', 'VirtualService shop/m-routes']);
  });

  it('no namespace anywhere: none is written', () => {
    const [object] = [...rendered('service: m\nversions: [v1]\n', { namespace: null }).objects.values()];
    expect(object?.metadata).toEqual({ name: 'm' });
  });

  it("the environment's labels on every manifest", () => {
    const result = rendered(`service: m\nversions: [v1]\nstable: v1\n${httpGateway}`, { environment: 'labels: {team: mesh}' });
    expect([...result.objects.values()].map(({ metadata }) => metadata)).toMatchObject(Array(3).fill({ labels: { team: 'mesh' } }));
  });

  it("nothing's name depends on a sibling: renaming the Gateway object renames no VirtualService", () => {
    const exposed = `service: m\nport: 80\nexpose: [{gateway: gw, hosts: [a.example]}]\n${httpGateway}`;
    expect(rendered(exposed).titles).toEqual(['VirtualService m-gw', 'Gateway gw']);
    const renamed = rendered(`${exposed}names: {Gateway: other}\n`);
    expect(renamed.titles).toEqual(['VirtualService m-gw', 'Gateway other']);
    expect(renamed.spec('VirtualService m-gw').gateways).toEqual(['other']);
  });

  it('two intents of one name in two namespaces are two', () => {
    const intents = 'service: m\nnamespace: n1\nversions: [v1]\n---\nservice: m\nversions: [v2]\n';
    expect(rendered(intents).titles).toEqual(['DestinationRule n1/m', 'DestinationRule m']);
  });

  it('two intents that would write one object are an error', () => {
    const intents =
      'service: m\nnames: {DestinationRule: x}\nversions: [v1]\n---\nservice: n2\nnames: {DestinationRule: x}\nversions: [v1]\n';
    expect(rendered(intents).codes).toContain('MS4080');
  });
});

describe('Istio fields on the service', () => {
  const words = `service: m
port: 80
timeout: 3s
retries: {attempts: 2}
headers: {response: {set: {x-a: b}}}
corsPolicy: {allowOrigins: [{exact: "https://shop.example"}]}
fault: {abort: {httpStatus: 500, percentage: {value: 1}}}
rewrite: {uri: /z}
routes:
  - {match: {uri: {prefix: /c}}, redirect: {uri: /d}}
  - {match: {uri: {prefix: /d}}, directResponse: {status: 404}}
  - {match: {uri: {prefix: /e}}, timeout: null, retries: null, fault: null, headers: null}
  - {match: {uri: {prefix: /f}}, timeout: 1s}
`;
  const kept = (route: object | undefined) =>
    Object.keys(route ?? {}).filter((key) => !['match', 'route', 'redirect', 'directResponse'].includes(key));

  it('go to every http route that does not set its own; null switches one off; answers keep what they can carry', () => {
    const routes = rendered(words).http('VirtualService m');
    expect(routes.map(kept)).toEqual([
      ['corsPolicy', 'headers'],
      ['corsPolicy', 'headers'],
      ['rewrite', 'corsPolicy'],
      ['rewrite', 'timeout', 'retries', 'fault', 'corsPolicy', 'headers'],
      ['rewrite', 'timeout', 'retries', 'fault', 'corsPolicy', 'headers'],
    ]);
    expect(routes.map(({ timeout }) => timeout)).toEqual([undefined, undefined, undefined, '1s', '3s']);
  });
});
