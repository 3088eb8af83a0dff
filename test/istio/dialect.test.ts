import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiVersionOf, type DialectShape, kindSince, lower, modernize, NEWEST_MINOR, OLDEST_MINOR } from '../../src/istio/dialect.ts';
import { type FeatureRow, featureRows, respellingRows, type Shape } from '../../src/istio/dialect-table.ts';
import { parsePath } from '../../src/istio/json-path.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { valueAt } from '../../src/model/pointer.ts';

/** A kind in which each message stands, and where. */
const homes: Record<Shape, readonly [kind: DialectShape | 'WorkloadEntry' | 'WorkloadGroup' | 'PeerAuthentication', path: string]> = {
  VirtualService: ['VirtualService', ''],
  HTTPRoute: ['VirtualService', 'http[]'],
  HTTPRouteDestination: ['VirtualService', 'http[].route[]'],
  DestinationRule: ['DestinationRule', ''],
  TrafficPolicy: ['DestinationRule', 'subsets[].trafficPolicy'],
  PortTrafficPolicy: ['DestinationRule', 'trafficPolicy.portLevelSettings[]'],
  ConnectionPoolSettings: ['DestinationRule', 'subsets[].trafficPolicy.portLevelSettings[].connectionPool'],
  Gateway: ['Gateway', ''],
  Server: ['Gateway', 'servers[]'],
  ServerTLSSettings: ['Gateway', 'servers[].tls'],
  ServiceEntry: ['ServiceEntry', ''],
  WorkloadEntry: ['ServiceEntry', 'endpoints[]'],
  WorkloadGroup: ['WorkloadGroup', ''],
  Sidecar: ['Sidecar', ''],
  AuthorizationPolicy: ['AuthorizationPolicy', ''],
  PeerAuthentication: ['PeerAuthentication', ''],
};

const join = (...paths: readonly string[]) => paths.filter((path) => path !== '').join('.');

/** The smallest object that has `leaf` at `path`; a list on the way has one item. */
function objectWith(path: string, leaf: Json): JsonObject {
  const built = parsePath(path).reduceRight<Json>((inner, step) => (step === '[]' ? [inner] : { [step]: inner }), leaf);
  if (typeof built !== 'object' || built === null || Array.isArray(built)) throw new Error(`not a path into an object: ${path}`);
  return built as JsonObject;
}

const pointerOf = (path: string) => `/${parsePath(path).join('/').replaceAll('[]', '0')}`;

function sampleFor({ only }: FeatureRow): Json {
  if (only === undefined) return { sample: true };
  if ('value' in only) return only.value;
  if ('text' in only) return `a${only.text}b`;
  if ('keyPrefix' in only) return { [`${only.keyPrefix}.group`]: { exact: 'admin' } };
  return [{ weight: 1 }, { weight: 2 }];
}

describe('features', () => {
  it.each(featureRows)('$shape $path $only: since 1.$since', (row) => {
    const [kind, home] = homes[row.shape];
    const path = join(home, row.path);
    const spec = objectWith(path, sampleFor(row));
    const at = pointerOf(path) + (row.only !== undefined && 'keyPrefix' in row.only ? `/${row.only.keyPrefix}.group` : '');
    expect(lower(kind, spec, row.since).problems).toEqual([]);
    expect(lower(kind, spec, row.since).value).toBe(spec);
    const { problems } = lower(kind, spec, row.since - 1);
    expect(problems).toEqual([{ pointer: at, feature: expect.any(String), since: row.since }]);
    if (row.feature === undefined) expect(problems[0]?.feature).toContain(row.path);
  });

  it.each(featureRows.flatMap((row) => (row.implied === undefined ? [] : [{ ...row, implied: row.implied }])))(
    '$shape $path: leaves out what older meshes do anyway',
    ({ shape, path, implied, since }) => {
      const [kind, home] = homes[shape];
      const { value, problems, renames } = lower(kind, objectWith(join(home, path), implied), since - 1);
      expect(problems).toEqual([]);
      expect(valueAt(value, pointerOf(join(home, path)))).toBeUndefined();
      expect(renames).toHaveLength(1);
    },
  );

  it('says one thing about one mistake, naming the version that has all of it', () => {
    const spec = { trafficPolicy: { retryBudget: { percent: 10 } } };
    expect(lower('DestinationRule', spec, 20).problems).toEqual([
      { pointer: '/trafficPolicy/retryBudget', feature: 'retryBudget', since: 27 },
    ]);
    const custom = { action: 'CUSTOM' };
    expect(lower('AuthorizationPolicy', custom, 4).problems).toEqual([{ pointer: '/action', feature: 'action: CUSTOM', since: 9 }]);
  });

  it('asks for weights that sum to 100 only where there are several and the mesh is old', () => {
    const weights = (...shares: number[]): JsonObject => ({
      http: [{ route: shares.map((weight) => ({ destination: { host: 'a' }, weight })) }],
    });
    expect(lower('VirtualService', weights(60, 40), 14).problems).toEqual([]);
    expect(lower('VirtualService', weights(1), 14).problems).toEqual([]);
    expect(lower('VirtualService', weights(101), 14).problems).toMatchObject([{ pointer: '/http/0/route', since: 15 }]);
    expect(lower('VirtualService', weights(1, 2), 15).problems).toEqual([]);
    expect(lower('VirtualService', weights(1, 2), 14).problems).toMatchObject([{ pointer: '/http/0/route', since: 15 }]);
  });
});

const samples: Record<string, { older: Json; newer: Json }> = {
  same: { older: 5, newer: 5 },
  percent: { older: 10, newer: { value: 10 } },
  'exact-strings': { older: ['https://a.example', '*'], newer: [{ exact: 'https://a.example' }, { exact: '*' }] },
};
const sampleOf = ({ as }: (typeof respellingRows)[number]) => (typeof as === 'object' ? as : (samples[as] ?? { older: null, newer: null }));

describe('spellings', () => {
  it.each(respellingRows)('$shape $older → $newer', (row) => {
    const [kind, home] = homes[row.shape];
    const sample = sampleOf(row);
    const old = objectWith(join(home, row.older), sample.older);
    const fresh = row.newer === undefined ? undefined : objectWith(join(home, row.newer), sample.newer);
    const from = pointerOf(join(home, row.older));
    const modern = modernize(kind as DialectShape, old);
    if (fresh === undefined || row.newer === undefined) {
      expect(modern).toEqual({ value: objectWith(home, {}), renames: [] });
      return;
    }
    const to = pointerOf(join(home, row.newer));
    expect(modern).toEqual({ value: fresh, renames: [{ from, to }] });
    if (row.olderSince !== undefined) {
      expect(lower(kind, fresh, row.since - 1)).toEqual({ value: old, renames: [{ from: to, to: from }], problems: [] });
    }
    expect(lower(kind, fresh, row.since).value).toBe(fresh);
    expect(modernize(kind as DialectShape, fresh)).toEqual({ value: fresh, renames: [] });
  });

  it('lowers to what 1.0 has', () => {
    const spec: JsonObject = {
      hosts: ['a'],
      http: [
        {
          headers: { request: { add: { 'x-a': '1' } } },
          fault: { delay: { fixedDelay: '1s', percentage: { value: 10 } }, abort: { httpStatus: 500, percentage: { value: 0 } } },
          corsPolicy: { allowOrigins: [{ exact: '*' }] },
          mirror: { host: 'b' },
          mirrorPercentage: { value: 100 },
        },
      ],
    };
    const { value, problems } = lower('VirtualService', spec, 0);
    expect(problems).toEqual([]);
    expect(value).toEqual({
      hosts: ['a'],
      http: [
        {
          appendHeaders: { 'x-a': '1' },
          fault: { delay: { fixedDelay: '1s', percent: 10 }, abort: { httpStatus: 500, percent: 0 } },
          corsPolicy: { allowOrigin: ['*'] },
          mirror: { host: 'b' },
        },
      ],
    });
  });

  it.each<[what: string, kind: string, spec: JsonObject, minor: number, pointer: string, since: number]>([
    [
      'fractions',
      'VirtualService',
      { http: [{ fault: { abort: { percentage: { value: 0.5 } } } }] },
      0,
      '/http/0/fault/abort/percentage',
      1,
    ],
    ['mirrored fractions', 'VirtualService', { http: [{ mirrorPercentage: { value: 0.5 } }] }, 4, '/http/0/mirrorPercentage', 5],
    ['mirrored shares', 'VirtualService', { http: [{ mirrorPercentage: { value: 50 } }] }, 3, '/http/0/mirrorPercentage', 4],
    [
      'origins by regex',
      'VirtualService',
      { http: [{ corsPolicy: { allowOrigins: [{ regex: 'a' }] } }] },
      4,
      '/http/0/corsPolicy/allowOrigins',
      5,
    ],
    [
      'warmup',
      'DestinationRule',
      { trafficPolicy: { loadBalancer: { warmup: { duration: '5s' } } } },
      13,
      '/trafficPolicy/loadBalancer/warmup/duration',
      14,
    ],
    ['setting headers', 'VirtualService', { http: [{ headers: { request: { set: { a: 'b' } } } }] }, 0, '/http/0/headers/request/set', 1],
  ])('%s have no older spelling', (_, kind, spec, minor, pointer, since) => {
    const { value, problems } = lower(kind, spec, minor);
    expect(value).toBe(spec);
    expect(problems).toEqual([{ pointer, feature: expect.any(String), since }]);
  });

  it('keeps the other words of an enum and the order of keys', () => {
    const random = { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } };
    expect(lower('DestinationRule', random, 0)).toEqual({ value: random, renames: [], problems: [] });
    const { value } = lower('DestinationRule', { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, interval: '1s' } } }, 4);
    expect(JSON.stringify(value)).toBe('{"trafficPolicy":{"outlierDetection":{"consecutiveErrors":5,"interval":"1s"}}}');
  });

  it('lets the newer spelling hold where both stand', () => {
    const both = {
      mirrorPercent: 10,
      mirrorPercentage: { value: 20 },
      appendHeaders: { a: '1', b: '1' },
      headers: { request: { add: { a: '2' } } },
    };
    expect(modernize('HTTPRoute', both).value).toEqual({
      mirrorPercentage: { value: 20 },
      headers: { request: { add: { a: '2', b: '1' } } },
    });
  });

  it('leaves an old field alone whose value is not what it should hold', () => {
    const wrong = { mirrorPercent: 'many', corsPolicy: { allowOrigin: 'a' } };
    expect(modernize('HTTPRoute', wrong).value).toBe(wrong);
  });
});

describe('kinds', () => {
  it.each<[kind: string, minor: number, apiVersion: string | undefined]>([
    ['VirtualService', 0, 'networking.istio.io/v1alpha3'],
    ['VirtualService', 4, 'networking.istio.io/v1alpha3'],
    ['DestinationRule', 5, 'networking.istio.io/v1beta1'],
    ['Gateway', 21, 'networking.istio.io/v1beta1'],
    ['ServiceEntry', 22, 'networking.istio.io/v1'],
    ['Sidecar', 0, undefined],
    ['Sidecar', 1, 'networking.istio.io/v1alpha3'],
    ['WorkloadEntry', 5, undefined],
    ['WorkloadGroup', 12, 'networking.istio.io/v1alpha3'],
    ['AuthorizationPolicy', 3, undefined],
    ['AuthorizationPolicy', 4, 'security.istio.io/v1beta1'],
    ['AuthorizationPolicy', 31, 'security.istio.io/v1'],
    ['PeerAuthentication', 5, 'security.istio.io/v1beta1'],
    ['Deployment', 31, undefined],
  ])('%s in 1.%i is %s', (kind, minor, apiVersion) => {
    expect(apiVersionOf(kind, minor)).toBe(apiVersion);
    expect(kindSince(kind) <= minor).toBe(apiVersion !== undefined);
  });
});

describe('properties', () => {
  const minor = fc.integer({ min: OLDEST_MINOR, max: NEWEST_MINOR });
  const optional = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
  const percent = fc.record({ value: fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constant(0.5)) });
  const text = fc.constantFrom('a', 'b', 'c');
  const nonEmptyMap = fc.dictionary(text, text, { minKeys: 1 });
  const route = optional({
    headers: fc.record({ request: fc.record({ add: nonEmptyMap }) }),
    fault: fc.record({ delay: fc.record({ percentage: percent }), abort: fc.record({ percentage: percent }) }),
    mirrorPercentage: percent,
    corsPolicy: optional({ allowOrigins: fc.array(fc.record({ exact: text })), maxAge: fc.constant('5s') }),
    timeout: fc.constant('5s'),
  });
  const policy = optional({
    loadBalancer: optional({
      simple: fc.constantFrom('LEAST_REQUEST', 'RANDOM', 'ROUND_ROBIN'),
      warmup: fc.record({ duration: fc.constant('5s') }),
      consistentHash: optional({ ringHash: fc.record({ minimumRingSize: fc.nat() }), useSourceIp: fc.boolean() }),
    }),
    outlierDetection: optional({ consecutive5xxErrors: fc.nat(), interval: fc.constant('5s') }),
  });
  const specs = fc.oneof(
    fc.record({ http: fc.array(route, { maxLength: 3 }) }).map((spec) => ['VirtualService', spec] as const),
    fc
      .record({ trafficPolicy: policy, subsets: fc.array(fc.record({ trafficPolicy: policy }), { maxLength: 2 }) })
      .map((spec) => ['DestinationRule', spec] as const),
  );

  it('modernize undoes lower where the mesh can express the spec', () => {
    fc.assert(
      fc.property(specs, minor, ([kind, generated], at) => {
        const spec: JsonObject = JSON.parse(JSON.stringify(generated));
        const { value, problems } = lower(kind, spec, at);
        fc.pre(problems.length === 0);
        expect(modernize(kind, value).value).toEqual(spec);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing for the newest mesh, and nothing twice', () => {
    fc.assert(
      fc.property(specs, minor, ([kind, generated], at) => {
        const spec: JsonObject = JSON.parse(JSON.stringify(generated));
        expect(lower(kind, spec, NEWEST_MINOR)).toEqual({ value: spec, renames: [], problems: [] });
        expect(lower(kind, spec, NEWEST_MINOR).value).toBe(spec);
        const once = lower(kind, spec, at).value;
        expect(lower(kind, once, at).value).toEqual(once);
      }),
    );
  });

  it('takes any JSON, and its problems point at what stands there', () => {
    const anything = fc.dictionary(fc.constantFrom('http', 'trafficPolicy', 'servers', '__proto__', 'match'), fc.jsonValue());
    fc.assert(
      fc.property(anything, minor, (generated, at) => {
        const spec: JsonObject = JSON.parse(JSON.stringify(generated));
        for (const kind of ['VirtualService', 'DestinationRule', 'Gateway', 'Sidecar', 'AuthorizationPolicy'] as const) {
          modernize(kind, spec);
          for (const { pointer } of lower(kind, spec, at).problems) expect(valueAt(spec, pointer)).toBeDefined();
        }
      }),
    );
  });
});
