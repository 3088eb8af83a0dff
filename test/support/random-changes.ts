import fc from 'fast-check';
import type { JsonObject } from '../../src/model/json.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { MeshRequest } from '../../src/model/routing.ts';
import { manifestOf } from './mesh-states.ts';

const subset = fc.constantFrom('v1', 'v2', 'v3');
const uri = fc.constantFrom<JsonObject>({ prefix: '/a' }, { exact: '/a' }, { prefix: '/a/b' }, { regex: '/[ab]/.*' });
const user = fc.constantFrom<JsonObject>({ exact: 'jason' }, { prefix: 'ja' }, {});
const match = fc.oneof(
  uri.map((one): JsonObject => ({ uri: one })),
  user.map((one): JsonObject => ({ headers: { 'end-user': one } })),
  fc.tuple(uri, user).map(([path, who]): JsonObject => ({ uri: path, headers: { 'end-user': who } })),
  fc.constant<JsonObject>({ sourceLabels: { app: 'web' } }),
  fc.constant<JsonObject>({ withoutHeaders: { 'end-user': { exact: 'jason' } } }),
);
const destination = fc.oneof(
  { weight: 4, arbitrary: subset.map((name): JsonObject => ({ host: 'reviews', subset: name })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonObject>({ host: 'ratings' }, { host: 'ratings', subset: 'v1' }, { host: 'api.example.com' }),
  },
);
const routed = fc.oneof(
  destination.map((one): JsonObject => ({ route: [{ destination: one }] })),
  fc.tuple(destination, destination, fc.constantFrom(10, 50)).map(
    ([one, other, weight]): JsonObject => ({
      route: [
        { destination: one, weight },
        { destination: other, weight: 100 - weight },
      ],
    }),
  ),
  fc.constant<JsonObject>({ redirect: { uri: '/moved' } }),
);
const route = fc.record({ match: fc.array(match, { maxLength: 2 }), to: routed, timeout: fc.constantFrom(undefined, '2s') }).map(
  ({ match: matches, to, timeout }): JsonObject => ({
    ...(matches.length > 0 ? { match: matches } : {}),
    ...(timeout === undefined ? {} : { timeout }),
    ...to,
  }),
);
const delegation = match.map((one): JsonObject => ({ match: [one], delegate: { name: 'leaf' } }));
const routes = fc.array(fc.oneof({ weight: 5, arbitrary: route }, { weight: 1, arbitrary: delegation }), { minLength: 1, maxLength: 3 });

const reviews = fc
  .tuple(routes, fc.constantFrom<readonly string[]>(['mesh'], ['gw', 'mesh'], ['gw']))
  .map(([http, gateways]) => manifestOf('VirtualService', 'reviews', { hosts: ['reviews'], gateways, http }));
const shop = routes.map((http) => manifestOf('VirtualService', 'shop', { hosts: ['shop.example.com'], gateways: ['gw'], http }));
const ratings = fc
  .array(route, { minLength: 1, maxLength: 2 })
  .map((http) => manifestOf('VirtualService', 'ratings', { hosts: ['ratings'], http }));
const leaf = fc.array(route, { minLength: 1, maxLength: 2 }).map((http) => manifestOf('VirtualService', 'leaf', { http }));
const policy = fc.constantFrom<JsonObject | undefined>(undefined, undefined, { loadBalancer: { simple: 'RANDOM' } });
/** Most subsets are of the version that they are called by; some names come to mean other pods. */
const versionOf = fc.constantFrom<(name: string) => string>(
  (name) => name,
  (name) => name,
  (name) => name,
  (name) => (name === 'v1' ? 'v2' : name === 'v2' ? 'v1' : name),
);
const rule = (host: string) =>
  fc.tuple(fc.uniqueArray(subset, { minLength: 1 }), policy, versionOf).map(([names, trafficPolicy, version]) =>
    manifestOf('DestinationRule', host, {
      host,
      ...(trafficPolicy === undefined ? {} : { trafficPolicy }),
      subsets: names.map((name) => ({ name, labels: { version: version(name) } })),
    }),
  );
const entry = fc.tuple(fc.constantFrom(80, 9080), fc.constantFrom<JsonObject>({}, {}, { targetPort: 443 })).map(([number, to]) =>
  manifestOf('ServiceEntry', 'api', {
    hosts: ['api.example.com'],
    ports: [{ number, name: 'http', protocol: 'HTTP', ...to }],
    resolution: 'DNS',
  }),
);
const origination = fc
  .constantFrom<JsonObject>({ tls: { mode: 'SIMPLE' } }, { loadBalancer: { simple: 'RANDOM' } })
  .map((trafficPolicy) => manifestOf('DestinationRule', 'api', { host: 'api.example.com', trafficPolicy }));
const gateway = fc.constantFrom<readonly string[]>(['*'], ['shop.example.com'], ['reviews.bookinfo.svc.cluster.local']).map((hosts) =>
  manifestOf('Gateway', 'gw', {
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts }],
  }),
);
const sidecar = fc
  .constantFrom<readonly string[]>(['./*'], ['*/*'], ['./reviews.bookinfo.svc.cluster.local'])
  .map((hosts) => manifestOf('Sidecar', 'default', { egress: [{ hosts }] }));

const asked = fc.constantFrom<JsonObject>(
  { to: [{ operation: { paths: ['/a*'] } }] },
  { to: [{ operation: { paths: ['/b/c'], notMethods: ['POST'] } }] },
  { when: [{ key: 'request.headers[end-user]', values: ['ja*'] }] },
  { from: [{ source: { notNamespaces: ['bookinfo'] } }] },
  {},
);
const allowing = (name: string) =>
  fc
    .tuple(fc.constantFrom('ALLOW', 'DENY'), fc.uniqueArray(asked, { maxLength: 2 }))
    .map(([action, rules]) => manifestOf('AuthorizationPolicy', name, { action, rules }));

/** An object before and after; most stay as they are. */
const turned = (object: fc.Arbitrary<Manifest>, presence: number) =>
  fc
    .tuple(object, object, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([one, other, was, willBe, moves]) => {
      const before = was < presence ? one : undefined;
      return { before, after: moves > 3 ? before : willBe < presence ? other : undefined };
    });

export interface RandomChange {
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
}

/** Changes of up to twelve objects around two services, a gateway and a host outside. */
export const randomChange: fc.Arbitrary<RandomChange> = fc
  .tuple(
    turned(reviews, 9),
    turned(rule('reviews'), 8),
    turned(shop, 3),
    turned(ratings, 3),
    turned(leaf, 4),
    turned(rule('ratings'), 3),
    turned(entry, 3),
    turned(origination, 2),
    turned(gateway, 5),
    turned(sidecar, 1),
    turned(allowing('one'), 1),
    turned(allowing('two'), 1),
  )
  .map((objects) => ({
    before: objects.flatMap(({ before }) => before ?? []),
    after: objects.flatMap(({ after }) => after ?? []),
  }));

const base: Omit<MeshRequest, 'host' | 'port'> = {
  protocol: 'http',
  source: { namespace: 'bookinfo', labels: {} },
  method: 'GET',
  scheme: 'http',
  path: '/',
  query: {},
  headers: {},
};

const places: readonly MeshRequest[] = [
  { ...base, host: 'reviews', port: 9080 },
  { ...base, host: 'ratings', port: 9080 },
  { ...base, host: 'reviews', port: 9080, source: { namespace: 'bookinfo', labels: { app: 'web' } } },
  { ...base, host: 'api.example.com', port: 80 },
  { ...base, host: 'api.example.com', port: 9080 },
  { ...base, host: 'shop.example.com', port: 80, gateway: 'bookinfo/gw' },
  { ...base, host: 'reviews.bookinfo.svc.cluster.local', port: 80, gateway: 'bookinfo/gw' },
];

/** Requests that meet and miss every condition that a random change can hold, in each combination. */
export const everyRequest: readonly MeshRequest[] = places.flatMap((place) =>
  ['/', '/a', '/a/b', '/b/c'].flatMap((path) =>
    [undefined, 'jason', 'jane', 'mary'].map((name) => ({ ...place, path, headers: name === undefined ? {} : { 'end-user': name } })),
  ),
);
