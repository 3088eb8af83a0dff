import fc from 'fast-check';
import { rememberingParser } from '../../src/document/remembering-parser.ts';
import { load } from '../../src/load/load.ts';
import { defaultSettings } from '../../src/load/settings.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { listOr, objectOr } from '../../src/model/json.ts';

export const versions = ['v1', 'v2', 'v3'] as const;

const version = fc.constantFrom(...versions);
const path = fc.constantFrom('/a', '/a/b', '/c', '/');
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const match = fc.oneof(
  path.map((prefix): JsonObject => ({ uri: { prefix } })),
  path.map((exact): JsonObject => ({ uri: { exact } })),
  fc.constantFrom('1', '2').map((exact): JsonObject => ({ headers: { 'x-beta': { exact } } })),
);
const pin = fc.oneof(
  fc.record({ user: fc.constantFrom('jason', 'mary'), version }),
  fc.record({ match: fc.array(match, { minLength: 1, maxLength: 2 }), version }),
);
const percent = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
);
const sticky = fc.record({
  id: some(fc.constantFrom('r1', 'r-2')),
  cookie: some(fc.constantFrom('rv', 'shop.version')),
  maxAge: some(fc.constant('24h')),
  seen: some(fc.array(percent, { maxLength: 3 })),
  mesh: some(fc.boolean()),
});
const route = fc.record({
  match: fc.array(match, { minLength: 1, maxLength: 2 }),
  to: some(version),
  timeout: some(fc.constantFrom('1s', '2s')),
});

/** Valid intents of a service `reviews` with versions, pins, shares, routes, ports and an exposure on the gateway `gw`. */
export const randomService: fc.Arbitrary<JsonObject> = fc
  .record({
    ports: fc.constantFrom<Json>({ http: 80 }, { http: 80, grpc: 81 }, { http: 80, tcp: 82 }),
    canary: some(fc.record({ version: fc.constantFrom('v2', 'v3'), percent, mirror: some(fc.constant(20)), sticky: some(sticky) })),
    pins: some(fc.array(pin, { maxLength: 3 })),
    routes: some(fc.array(route, { maxLength: 3 })),
    loadBalancer: some(fc.constantFrom<Json>('RANDOM', { hash: 'sourceIp' })),
    timeout: some(fc.constant('3s')),
    expose: some(fc.constant([{ gateway: 'gw', hosts: ['shop.example.com'], port: 'http' }])),
  })
  .map((words) => JSON.parse(JSON.stringify({ service: 'reviews', versions, stable: 'v1', ...words })) as JsonObject);

/** The same intent as one of many, on hosts of its own. */
export function numbered(intent: JsonObject, i: number): JsonObject {
  const expose = listOr(intent.expose).map((entry) => ({ ...objectOr(entry), hosts: [`s${i}.example.com`] }));
  return { ...intent, service: `s${i}`, ...(expose.length > 0 ? { expose } : {}) };
}

export const gatewayText = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';

/** An environment `mesh` with these files of intents. */
export function meshOf(files: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const environment = 'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\n';
  return new Map([
    ['environments/mesh/environment.yaml', environment],
    ...files.map(([file, text]): [string, string] => [`environments/mesh/${file}`, text]),
  ]);
}

/** Read, but not resolved. */
export function loadedMesh(text: string): ReturnType<typeof load> {
  const tree = meshOf([
    ['a.yaml', text],
    ['g.yaml', gatewayText],
  ]);
  return load(tree, 'mesh', defaultSettings, rememberingParser(undefined));
}
