import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { rendered } from '../support/rendered.ts';

const policyOf = (intents: string, options = {}) => rendered(intents, options).spec('DestinationRule m').trafficPolicy;
const subset = (intents: string, name: string) =>
  (rendered(intents).spec('DestinationRule m').subsets as readonly JsonObject[]).find((one) => one.name === name)?.trafficPolicy;

describe('policies inherit block by block', () => {
  const intents = `service: m
ports: {http: {number: 80, loadBalancer: ROUND_ROBIN}, http-b: {number: 81, connectionPool: {tcp: {maxConnections: 3}}}, tcp: 82}
loadBalancer: RANDOM
outlierDetection: {consecutive5xxErrors: 3}
versions:
  v1: {}
  v2: {loadBalancer: {hash: sourceIp}, ports: {http: {tls: {mode: DISABLE}}}}
  v3: {outlierDetection: null}
  v4: {ports: {http-b: {loadBalancer: null}}}
`;
  const outlierDetection = { consecutive5xxErrors: 3 };
  const connectionPool = { tcp: { maxConnections: 3 } };

  it('a port entry is written complete, because Istio replaces all blocks when a port speaks', () => {
    expect(policyOf(intents)).toEqual({
      loadBalancer: { simple: 'RANDOM' },
      outlierDetection,
      portLevelSettings: [
        { port: { number: 80 }, loadBalancer: { simple: 'ROUND_ROBIN' }, outlierDetection },
        { port: { number: 81 }, loadBalancer: { simple: 'RANDOM' }, connectionPool, outlierDetection },
      ],
    });
  });

  it('a version that says nothing has no policy', () => {
    expect(subset(intents, 'v1')).toBeUndefined();
  });

  it('version and port over version over port over service', () => {
    const loadBalancer = { consistentHash: { useSourceIp: true } };
    expect(subset(intents, 'v2')).toEqual({
      loadBalancer,
      portLevelSettings: [{ port: { number: 80 }, loadBalancer, outlierDetection, tls: { mode: 'DISABLE' } }],
    });
  });

  it('null gives a version back the default on every port', () => {
    expect(subset(intents, 'v3')).toEqual({
      portLevelSettings: [
        { port: { number: 80 }, loadBalancer: { simple: 'ROUND_ROBIN' } },
        { port: { number: 81 }, loadBalancer: { simple: 'RANDOM' }, connectionPool },
        { port: { number: 82 }, loadBalancer: { simple: 'RANDOM' } },
      ],
    });
  });

  it('null gives a version back the default on one port', () => {
    expect(subset(intents, 'v4')).toEqual({ portLevelSettings: [{ port: { number: 81 }, connectionPool, outlierDetection }] });
  });

  it.each([
    ['1.31', 'LEAST_REQUEST'],
    ['1.13', 'ROUND_ROBIN'],
  ])('an entry in which nothing is left spells out the default of Istio %s', (istio, simple) => {
    const words = 'ports: {http: {number: 80, loadBalancer: null}}\nloadBalancer: RANDOM\n';
    expect(policyOf(`service: m\n${words}`, { istio })).toMatchObject({
      portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple } }],
    });
  });

  it('null on a version needs known ports, or it would silently change nothing', () => {
    expect(rendered('service: m\nloadBalancer: RANDOM\nversions: {v1: {loadBalancer: null}}\n').findings).toEqual(['MS2039 line 3']);
  });

  it('a version can only speak of ports that the service has', () => {
    const words = 'ports: {http: 80}\nversions: {v1: {ports: {grpc: {loadBalancer: RANDOM}}}}\n';
    expect(rendered(`service: m\n${words}`).findings).toEqual(['MS2034 line 3']);
  });
});

describe('loadBalancer', () => {
  it.each([
    ['LEAST_REQUEST', { simple: 'LEAST_REQUEST' }],
    ['LEAST_CONN', { simple: 'LEAST_REQUEST' }],
    ['PASSTHROUGH', { simple: 'PASSTHROUGH' }],
    ['{hash: sourceIp}', { consistentHash: { useSourceIp: true } }],
    ['{hash: {header: x}}', { consistentHash: { httpHeaderName: 'x' } }],
    ['{hash: {query: q}}', { consistentHash: { httpQueryParameterName: 'q' } }],
    ['{hash: {cookie: {name: u, path: /, ttl: 1h}}}', { consistentHash: { httpCookie: { name: 'u', path: '/', ttl: '1h' } } }],
    ['{hash: {cookie: {name: u}}}', { consistentHash: { httpCookie: { name: 'u', ttl: '0s' } } }],
    ['{simple: RANDOM, localityLbSetting: {enabled: false}}', { simple: 'RANDOM', localityLbSetting: { enabled: false } }],
  ])('%s', (words, loadBalancer) => {
    expect(policyOf(`service: m\nloadBalancer: ${words}\n`)).toEqual({ loadBalancer });
  });

  it('is LEAST_CONN again where the mesh knows it by that name', () => {
    expect(policyOf('service: m\nloadBalancer: LEAST_REQUEST\n', { istio: '1.13' })).toEqual({ loadBalancer: { simple: 'LEAST_CONN' } });
  });
});

describe('where a DestinationRule stands', () => {
  const m = 'service: m\nhost: m.shop.svc.cluster.local\nversions: [v1]\n';

  it('in the namespace of its host where the environment owns that', () => {
    expect(rendered(`${m}---\nservice: cart\nnamespace: shop\n`).titles).toEqual(['DestinationRule shop/m']);
  });

  it('elsewhere a warning names whom it does not reach', () => {
    const result = rendered(m);
    expect([result.ok, result.titles, result.findings]).toEqual([true, ['DestinationRule m'], ['MS2015 line 2']]);
  });

  it('where the intent says so itself, with the warning', () => {
    const result = rendered(`${m}namespace: here\n---\nservice: cart\nnamespace: shop\n`);
    expect([result.titles, result.findings]).toEqual([['DestinationRule here/m'], ['MS2015 line 2']]);
  });
});
