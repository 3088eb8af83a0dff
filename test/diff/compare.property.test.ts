import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { operationsBetween } from '../../src/diff/compare-objects.ts';
import { type JsonObject, sameJson } from '../../src/model/json.ts';
import { outcomeKey } from '../../src/model/route-outcome.ts';
import type { MeshRequest } from '../../src/model/routing.ts';
import { readMesh } from '../../src/pipelines/check-manifests.ts';
import { compareMeshes } from '../../src/pipelines/compare.ts';
import { requestClasses, requestList, type Taken, takenBy } from '../../src/requests/request-classes.ts';
import { placesOf } from '../../src/simulate/places.ts';
import { outcomeOf, routeListAt } from '../../src/simulate/route-lists.ts';
import { buildRoutingTable } from '../../src/simulate/routing-table.ts';
import { sourcesOf } from '../../src/simulate/sources.ts';

/** A run builds two meshes and asks both of every place: a third of what `make fuzz` gives is enough for a night. */
const runs = process.env.FUZZ_RUNS === undefined ? 600 : Math.ceil(Number(process.env.FUZZ_RUNS) / 3);
const patience = 6 * 3_600_000;
const seed = Number(process.env.FUZZ_SEED ?? 20_251_124);

const text = (words: readonly string[], regexes: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc.oneof(
    fc.constantFrom(...words).map((exact): JsonObject => ({ exact })),
    fc.constantFrom(...words).map((prefix): JsonObject => ({ prefix })),
    fc.constantFrom(...regexes).map((regex): JsonObject => ({ regex })),
  );
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const whole = (record: { readonly [key: string]: unknown }): JsonObject => JSON.parse(JSON.stringify(record)) as JsonObject;

const match = fc
  .record({
    uri: sometimes(text(['/', '/a', '/ab'], ['/a+', '/.*'])),
    headers: sometimes(fc.dictionary(fc.constantFrom('x', 'y'), text(['a', 'ab'], ['a.*', '[ab]+']), { minKeys: 1, maxKeys: 2 })),
    withoutHeaders: sometimes(fc.dictionary(fc.constantFrom('x'), text(['a'], ['.*']), { minKeys: 1, maxKeys: 1 })),
    sourceNamespace: sometimes(fc.constantFrom('bookinfo', 'shop')),
    port: sometimes(fc.constantFrom(9080, 9090)),
    gateways: sometimes(fc.constantFrom(['mesh'], ['bookinfo/gw'])),
  })
  .map(whole);

const destination = fc
  .record({ host: fc.constantFrom('reviews', 'details', 'nowhere'), subset: sometimes(fc.constantFrom('v1', 'v2')) })
  .map((record) => ({ destination: whole(record) }));
const route = fc
  .record({
    match: sometimes(fc.array(match, { minLength: 1, maxLength: 2 })),
    route: fc.oneof(
      destination.map((one) => [one]),
      fc.tuple(destination, destination, fc.integer({ min: 0, max: 100 })).map(([a, b, weight]) => [
        { ...a, weight },
        { ...b, weight: 100 - weight },
      ]),
    ),
    timeout: sometimes(fc.constantFrom('3s', '5s')),
  })
  .map(whole);

const object = (kind: string, name: string, namespace: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace },
  spec,
});
const virtualService = fc
  .record({
    http: fc.array(route, { minLength: 1, maxLength: 3 }),
    gateways: sometimes(fc.constantFrom(['mesh'], ['mesh', 'gw'], ['gw'])),
    exportTo: sometimes(fc.constantFrom(['.'], ['*'])),
  })
  .map((record) => object('VirtualService', 'reviews', 'bookinfo', { hosts: ['reviews.bookinfo.svc.cluster.local'], ...whole(record) }));
const rule = fc
  .record({
    subsets: fc.subarray(['v1', 'v2']),
    exportTo: sometimes(fc.constantFrom(['.'], ['*'])),
    policy: sometimes(fc.constantFrom('RANDOM', 'ROUND_ROBIN')),
  })
  .map(({ subsets, exportTo, policy }) =>
    object('DestinationRule', 'reviews', 'bookinfo', {
      host: 'reviews.bookinfo.svc.cluster.local',
      ...(subsets.length === 0
        ? {}
        : { subsets: subsets.map((name) => ({ name, labels: { version: name === 'v2' && policy === 'RANDOM' ? 'v9' : name } })) }),
      ...(policy === undefined ? {} : { trafficPolicy: { loadBalancer: { simple: policy } } }),
      ...(exportTo === undefined ? {} : { exportTo: [...exportTo] }),
    }),
  );
const service = (name: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'bookinfo' },
  spec: {
    selector: { app: name },
    ports: [
      { name: 'http', port: 9080 },
      { name: 'http-more', port: 9090 },
    ],
  },
});
const gateway = object('Gateway', 'gw', 'bookinfo', {
  selector: { istio: 'ingress' },
  servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
});
const objects = fc
  .record({ vs: sometimes(virtualService), dr: sometimes(rule) })
  .map(({ vs, dr }) => [
    service('reviews'),
    service('details'),
    gateway,
    ...(vs === undefined ? [] : [vs]),
    ...(dr === undefined ? [] : [dr]),
  ]);

function meshOf(all: readonly JsonObject[]) {
  const read = readMesh(new Map([['all.yaml', all.map((one) => JSON.stringify(one)).join('\n---\n')]]), {});
  return { mesh: read.mesh, manifests: read.all };
}

const requests: readonly Partial<MeshRequest>[] = ['/', '/a', '/ab', '/b'].flatMap((path) =>
  [undefined, 'a', 'ab', 'b'].flatMap((x) =>
    [undefined, 'a'].map((y) => ({ path, headers: { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) } })),
  ),
);

describe('what a comparison says of requests', () => {
  it(
    'is what the simulator does with them, whoever calls, and nothing is left out',
    () => {
      fc.assert(
        fc.property(objects, objects, fc.shuffledSubarray([...requests], { minLength: 5, maxLength: 5 }), (a, b, asked) => {
          const sides = [meshOf(a), meshOf(b)] as const;
          const tables = sides.map(({ mesh }) => buildRoutingTable(mesh));
          const sources = sides.map(({ mesh }) => sourcesOf(mesh));
          const { traffic } = compareMeshes(...sides);
          const changedPlaces = new Set(traffic.map(({ host, port, gateway: at }) => `${host} ${port} ${at ?? ''}`));
          for (const place of placesOf(sources)) {
            const lists = sources.map((one) => routeListAt(place, one));
            const conditions = lists.map(({ routes }) => requestList(routes.map(({ condition }) => condition)));
            const expected = (request: MeshRequest): readonly string[] =>
              tables.map((table) => outcomeKey(outcomeOf(table.decide(request))));
            const outcomeAt = (k: number, taken: Taken): string => {
              const list = lists[k];
              return list === undefined
                ? ''
                : outcomeKey(taken === 'none' ? list.otherwise : (list.routes[taken]?.outcome ?? list.otherwise));
            };
            const classes = requestClasses(conditions, { plain: place.plain, within: place.within });
            const known = new Set(classes.map(({ taken }) => taken.join()));
            for (const one of classes) {
              if (one.kind === 'undecided') throw new Error(one.because);
              expect(one.taken.map((taken, k) => outcomeAt(k, taken))).toEqual(expected(one.request));
            }
            let anyDiffers = false;
            for (const more of asked) {
              const request = { ...place.plain, ...more };
              const outcomes = expected(request);
              if (outcomes[0] !== outcomes[1]) anyDiffers = true;
              if (place.plain.protocol !== 'http') continue;
              const taken = conditions.map((list) => takenBy(list, request));
              expect(known).toContain(taken.join());
              expect(taken.map((one, k) => (one === 'undecided' ? one : outcomeAt(k, one)))).toEqual(outcomes);
            }
            const key = `${place.name} ${place.plain.port} ${place.plain.gateway ?? ''}`;
            if (anyDiffers) expect(changedPlaces).toContain(key);
          }
          for (const { classes } of traffic) {
            for (const { witness, before, after } of classes) {
              if (witness.kind === 'undecided') throw new Error(witness.because);
              expect(tables.map((table) => outcomeKey(outcomeOf(table.decide(witness.request))))).toEqual([
                outcomeKey(before),
                outcomeKey(after),
              ]);
              expect(outcomeKey(before)).not.toBe(outcomeKey(after));
            }
          }
        }),
        { seed, numRuns: runs },
      );
    },
    patience,
  );

  it(
    'is nothing where both are the same',
    () => {
      fc.assert(
        fc.property(objects, (a) => {
          const { traffic, changes } = compareMeshes(meshOf(a), meshOf([...a].reverse()));
          expect([traffic, changes.filter(({ action }) => action !== 'unchanged')]).toEqual([[], []]);
        }),
        { seed, numRuns: Math.ceil(runs / 4) },
      );
    },
    patience,
  );
});

describe('what it says of objects', () => {
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 0, 1, 'a', '', '~', '/'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~', '', '0', 'constructor'), tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const body = fc.dictionary(fc.constantFrom('spec', 'metadata', 'a/b'), json).map(whole);

  it(
    'applied to the one makes the other',
    () => {
      fc.assert(
        fc.property(body, body, (a, b) => {
          const operations = operationsBetween(a, b);
          const applied = jsonPatch.applyPatch(structuredClone(a), structuredClone([...operations]) as jsonPatch.Operation[]).newDocument;
          expect(applied).toEqual(b);
          expect(operations.length === 0).toBe(sameJson(a, b));
        }),
        { seed, numRuns: runs * 5 },
      );
    },
    patience,
  );
});
