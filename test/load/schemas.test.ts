import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from '../../src/model/json.ts';
import { joinPointer, valueAt } from '../../src/model/pointer.ts';

const BASE = 'https://mainsheet.dev/schemas/';
const own = readSchemas('src/load/schemas');
const schemas = new Map([...own, ...readSchemas('src/istio/schemas')]);
const ajv = new Ajv({ allErrors: true, inlineRefs: false });
for (const schema of schemas.values()) ajv.addSchema(schema);

function readSchemas(folder: string): ReadonlyMap<string, JsonObject> {
  const url = new URL(`../../${folder}/`, import.meta.url);
  const names = readdirSync(url).filter((name) => name.endsWith('.json'));
  const read = names.sort().map((name): JsonObject => JSON.parse(readFileSync(new URL(name, url), 'utf8')));
  return new Map(read.map((schema) => [String(schema.$id), schema]));
}

function validator(id: string): ValidateFunction {
  const found = ajv.getSchema(id);
  if (found === undefined) throw new Error(`no schema ${id}`);
  return found;
}

interface Place {
  readonly id: string;
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** Follows `$ref` to where the words stand. */
function target({ id, schema }: Place): Place {
  if (typeof schema.$ref !== 'string') return { id, pointer: '', schema };
  const url = new URL(schema.$ref, id);
  const pointer = decodeURIComponent(url.hash.slice(1));
  url.hash = '';
  const found = valueAt(schemas.get(url.href) ?? null, pointer);
  if (!isObject(found)) throw new Error(`${id} refers to ${schema.$ref}, which does not exist`);
  return target({ id: url.href, pointer, schema: found });
}

/** Every sub-schema of our own files; what `examples`, `enum` and the like hold is data, not schema. */
function* places(id: string, schema: Json, pointer = ''): Generator<Place> {
  if (isList(schema)) for (const [index, item] of schema.entries()) yield* places(id, item, `${pointer}/${index}`);
  if (!isObject(schema)) return;
  yield { id, pointer, schema };
  for (const [key, value] of Object.entries(schema)) {
    const at = joinPointer(pointer, key);
    if (key === 'properties' || key === 'patternProperties' || key === '$defs') {
      for (const [name, item] of Object.entries(objectOr(value))) yield* places(id, item, joinPointer(at, name));
    } else if (['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not', 'anyOf', 'oneOf', 'allOf'].includes(key)) {
      yield* places(id, value, at);
    }
  }
}

const everywhere = [...own].flatMap(([id, schema]) => [...places(id, schema)]);
const named = (place: Place) => `${place.id.slice(BASE.length)}#${place.pointer}`;

describe('every schema', () => {
  test('compiles in strict mode, references included', () => {
    for (const id of own.keys()) expect(typeof validator(id), id).toBe('function');
    for (const place of everywhere) target(place);
  });

  test('refuses unknown keys in every map with known ones', () => {
    const conditions = /\/(if|then|else|not)(\/|$)/;
    const open = everywhere.filter(
      ({ schema, pointer, id }) =>
        schema.properties !== undefined &&
        schema.additionalProperties === undefined &&
        !(conditions.test(pointer) || (id.endsWith('intent-file.json') && pointer === '')),
    );
    expect(open.map(named)).toEqual([]);
  });

  test('has examples that satisfy the word they explain', () => {
    for (const place of everywhere.filter(({ schema }) => schema.examples !== undefined)) {
      const check = ajv.compile({ $ref: `${place.id}#${encodeURI(place.pointer)}` });
      for (const example of listOr(place.schema.examples)) {
        check(example);
        expect(check.errors ?? [], `${named(place)}: ${JSON.stringify(example)}`).toEqual([]);
      }
    }
  });

  test('describes every word in at most three sentences', () => {
    const words = everywhere.filter(({ pointer }) => /\/properties\/[^/]+$/.test(pointer) && !/\/(if|then|else)\/properties/.test(pointer));
    for (const word of words) {
      const text = word.schema.description ?? target(word).schema.description;
      expect(text, named(word)).toMatch(/^.{8,320}\.$/);
      expect(String(text).match(/\. [A-Z]/g)?.length ?? 0, named(word)).toBeLessThanOrEqual(2);
    }
    expect(words.length).toBeGreaterThan(200);
  });

  test.each(['service', 'gateway', 'external', 'environment', 'train', 'settings'])(
    'of %s gives examples of every top-level word',
    (kind) => {
      const schema = own.get(`${BASE}${kind}.json`);
      const words = objectOr(objectOr(valueAt(schema ?? null, '/$defs/words')).properties ?? schema?.properties);
      expect(Object.keys(words).length).toBeGreaterThan(3);
      for (const [word, entry] of Object.entries(words)) {
        const examples =
          objectOr(entry).examples ?? target({ id: `${BASE}${kind}.json`, pointer: '', schema: objectOr(entry) }).schema.examples;
        expect(listOr(examples).length, `${kind}.${word}`).toBeGreaterThan(0);
      }
    },
  );

  test.each(['service', 'gateway', 'external', 'environment', 'train'])('of %s takes null for every word but the kind', (kind) => {
    const schema = own.get(`${BASE}${kind}.json`);
    const words = Object.keys(objectOr(objectOr(valueAt(schema ?? null, '/$defs/words')).properties ?? schema?.properties));
    for (const word of words.filter((candidate) => candidate !== kind))
      expect(problems(kind, { [kind]: 'reviews', [word]: null }), word).toEqual([]);
  });

  // What lets a reader of ajv's errors drop the branches that were never meant; see `$comment` in common.json.
  test('keeps the branches of anyOf apart by type', () => {
    for (const place of everywhere.filter(({ schema }) => isList(schema.anyOf))) {
      const types = listOr(place.schema.anyOf).map((branch) => objectOr(branch).type);
      expect(new Set(types).size, named(place)).toBe(types.length);
      expect(types, named(place)).not.toContain(undefined);
    }
  });

  test('uses oneOf only for "exactly one of these words"', () => {
    for (const place of everywhere.filter(({ schema }) => isList(schema.oneOf))) {
      for (const branch of listOr(place.schema.oneOf)) expect(branch, named(place)).toEqual({ required: [expect.any(String)] });
    }
  });
});

function problems(kind: string, value: unknown): readonly string[] {
  const check = validator(`${BASE}${kind}.json`);
  check(value);
  return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const accepted: readonly (readonly [kind: string, document: string])[] = [
  ['service', '{service: reviews}'],
  [
    'service',
    '{service: reviews, host: reviews.prod.svc.cluster.local, port: 9080, versions: [v1, v2, v3], stable: v1, canary: {version: v3, percent: 10}}',
  ],
  ['service', '{service: reviews, ports: {http: 9080, grpc-admin: {number: 9090, loadBalancer: LEAST_REQUEST}}}'],
  ['service', '{service: ratings, ports: {80: {loadBalancer: LEAST_CONN}, 9080: {name: http, protocol: HTTP, loadBalancer: ROUND_ROBIN}}}'],
  [
    'service',
    '{service: ratings, versions: {testversion: {labels: {version: v3}, loadBalancer: ROUND_ROBIN, ports: {http: {tls: {mode: DISABLE}}}}}}',
  ],
  ['service', '{service: reviews, versions: {v3: {}, v2: null}}'],
  ['service', '{service: reviews, split: {v1: 40, v2: 30, v3: 30}}'],
  ['service', '{service: reviews, split: {v1: 33.4, v2: null}}'],
  [
    'service',
    '{service: reviews, pins: [{user: jason, version: v2}, {users: [tester-1, tester-2], version: v3}, {match: [{headers: {x-beta: {exact: "1"}}}], version: v3}]}',
  ],
  [
    'service',
    '{service: reviews, pins: [{user: jason, version: v2, owner: mesh, reason: test, until: 2026-12-31, fault: {abort: {httpStatus: 500}}, timeout: 1s}]}',
  ],
  ['service', '{service: reviews, pins: [{match: {uri: {prefix: /beta}}, version: v3}]}'],
  [
    'service',
    '{service: reviews, routes: [{match: {uri: {exact: /a}}, to: v2}, {to: {v1: 80, v2: 20}}, {to: {service: legacy, port: 8080}}, {to: {external: httpbin-ext}}, {to: {host: a.example, port: 80, subset: v1}}]}',
  ],
  [
    'service',
    '{service: reviews, routes: [{name: old, match: [{uri: {prefix: /old}}], redirect: {uri: /new}}, {directResponse: {status: 503}}, {timeout: null}]}',
  ],
  ['service', '{service: reviews, routes: [{to: {service: 40, external: 60}}]}'],
  [
    'service',
    '{service: mongo, routes: [{match: [{sniHosts: [mongo.example]}], to: v1}, {match: {destinationSubnets: [10.0.0.0/8]}, to: v2}]}',
  ],
  ['service', '{service: productpage, expose: bookinfo-gateway}'],
  [
    'service',
    '{service: productpage, expose: [bookinfo-gateway, {gateway: istio-ingress/shared, server: 443, hosts: [a.example], port: http, match: {uri: {prefix: /}}, name: page, routes: [{to: v1}]}]}',
  ],
  ['service', '{service: productpage, expose: {gateway: bookinfo-gateway, server: https, port: 9080}}'],
  ['service', '{service: reviews, loadBalancer: {hash: sourceIp}}'],
  ['service', '{service: reviews, loadBalancer: {hash: {cookie: {name: user, path: /, ttl: 0s}}}}'],
  ['service', '{service: reviews, loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: true}}}'],
  ['service', '{service: reviews, mirror: v2, mirrorPercentage: {value: 12.5}}'],
  ['service', '{service: reviews, mirror: {service: bookinfo/reviews}, mirrors: [{destination: {host: reviews}}]}'],
  ['service', '{service: reviews, mirror: {host: reviews, subset: v2, port: {number: 9080}}}'],
  [
    'service',
    '{service: reviews, canary: {version: v3, percent: 0.5, mirror: 20, sticky: {cookie: rv, maxAge: 24h, id: r1, seen: [5, 25], mesh: true}}}',
  ],
  [
    'service',
    '{service: reviews, dependsOn: [ratings, bookinfo/details], allowFrom: [{serviceAccount: a, namespace: b}, cluster.local/ns/a/sa/b]}',
  ],
  [
    'service',
    '{service: reviews, workload: {labels: {app: reviews}, serviceAccount: bookinfo-reviews}, names: {VirtualService: reviews.route}, namespace: prod, exportTo: [.]}',
  ],
  ['service', '{service: reviews, allow: [{rule: MS5004, reason: later}, {rule: known-subset, reason: later, until: 2027-01-31}]}'],
  [
    'service',
    '{service: reviews, patches: [{target: {kind: VirtualService, name: reviews}, ops: [{op: test, path: /a~1b, value: 1}, {op: move, from: /a, path: /b}, {op: remove, path: ""}]}]}',
  ],
  ['service', '{service: reviews, next: {versions: {v1: null}, stable: v3, canary: null}}'],
  [
    'service',
    '{service: reviews, rollout: {steps: [5, {percent: 25, soak: 1h}, {percent: 50, gates: [success-rate], approve: true}, 100], soak: 30m, retire: 24h, onFailure: hold, newVersion: replace}}',
  ],
  ['service', '{service: reviews, tunnel: {targetPort: 443}, proxyProtocol: {version: V1}, retryBudget: {percent: 20}}'],
  // Overlays: a piece of what another folder completes.
  ['service', '{service: reviews, canary: {percent: 25}}'],
  [
    'service',
    '{service: reviews, canary: null, stable: v3, timeout: null, ports: {http: {tls: null}, grpc: null}, names: {Sidecar: null}}',
  ],
  ['service', '{service: reviews, versions: {v2: {loadBalancer: null}}, retries: {perTryTimeout: 1s}, workload: {labels: {tier: null}}}'],
  [
    'gateway',
    '{gateway: bookinfo-gateway, selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}',
  ],
  [
    'gateway',
    '{gateway: g, servers: [{http: 80, hosts: [a.example]}, {https: 443, hosts: ["*/b.example"], credentialName: cert, mode: MUTUAL}, {tls: 8443, hosts: [c.example]}, {tcp: 31400}]}',
  ],
  ['gateway', '{gateway: g, servers: [{http: 80, hosts: ["*"], name: web, tls: {httpsRedirect: true}}]}'],
  [
    'gateway',
    '{gateway: g, hosts: {shop.example.com: [{prefix: /api, service: api}, {exact: /x, service: x, port: 80}, {match: {method: {exact: GET}}, service: y, timeout: 1s}, {service: web}], old.example: null}}',
  ],
  ['gateway', '{gateway: istio-ingress/shared, external: true, workload: {serviceAccount: ingress, namespace: istio-ingress}}'],
  ['external', '{external: e, hosts: ["*.example.org"], addresses: [10.0.0.0/8, "2001:db8::1"], exportTo: ["~"]}'],
  ['external', '{external: e, endpoints: [{network: remote}, {address: "unix:///var/run/e.sock"}]}'],
  ['gateway', '{gateway: g, names: {Gateway: g-2, VirtualService: g.2}, servers: [{http: 80, hosts: ["./*.example", 10.0.0.1]}]}'],
  ['external', '{external: httpbin-ext, hosts: [httpbin.org], ports: {http: 80}, resolution: DNS, timeout: 3s}'],
  ['external', '{external: google, hosts: [www.google.com], ports: {https: 443}, virtualService: true}'],
  ['external', '{external: googleapis, hosts: [www.googleapis.com], ports: {http: 80, https: 443}, originateTls: true}'],
  ['external', '{external: googleapis, originateTls: {form: rewrite, mode: SIMPLE, sni: www.googleapis.com}}'],
  ['external', '{external: partner, hosts: [api.partner.example], ports: {https: 443}, via: istio-egressgateway}'],
  ['external', '{external: partner, via: {service: egress, namespace: istio-system, selector: {istio: egressgateway}, port: 443}}'],
  [
    'external',
    '{external: vm, hosts: [vm.internal], ports: {http: {number: 80, targetPort: 8080}}, location: MESH_INTERNAL, resolution: STATIC, endpoints: [{address: 10.0.0.1, labels: {version: v1}}], versions: [v1], split: {v1: 100}}',
  ],
  [
    'environment',
    '{environment: prod, extends: [base], istio: "1.29", namespace: bookinfo, clusterDomain: cluster.local, user: {header: end-user}, sidecars: true, authorization: dry-run, manifests: [legacy/], shards: 1, layout: by-intent, labels: {team: mesh}, registry: [k8s/]}',
  ],
  [
    'environment',
    '{environment: prod, mesh: {outboundTrafficPolicy: ALLOW_ANY, rootNamespace: istio-system, trustDomain: cluster.local, exportTo: "*"}}',
  ],
  [
    'environment',
    '{environment: base, abstract: true, istio: "1.0", defaults: {service: {timeout: 5s}, external: {resolution: NONE}, gateway: {selector: {istio: gw}}}}',
  ],
  [
    'environment',
    '{environment: prod, gates: {success-rate: {prometheus: default, min: 99, over: 10m, minSamples: 500}, latency-p99: {prometheus: default, max: 400ms, compare: stable}, business: {query: "sum(x)", min: 5}, share: {observedShare: true}, old: null}}',
  ],
  [
    'environment',
    '{environment: prod, prometheus: {default: {url: "https://prometheus.example", tokenEnv: PROM_TOKEN}}, guardrails: {maxShift: 50, maxActiveRollouts: 3, freeze: [{cron: "0 18 * * FRI", for: 62h, timezone: Europe/Berlin, reason: weekend}], forbid: [fault, wildcard-host], require: [timeout]}}',
  ],
  ['train', '{train: checkout-2026-48, services: {cart: v7, payment: v3}, order: [payment, cart], rollout: {steps: [10, 100]}}'],
  [
    'settings',
    '{environments: envs, templates: tpl, rendered: {path: out, branch: rendered, repository: "git@git.example.com:a/b.git"}, forge: {kind: github, url: "https://git.example.com"}, base: main, order: [staging, {environment: prod, soak: 24h}], automerge: gated, phases: sync-waves}',
  ],
  ['settings', '{}'],
  ['intent-file', '{service: reviews, stable: v1}'],
  ['intent-file', '{external: httpbin-ext, hosts: [httpbin.org]}'],
  ['intent-file', '{gateway: istio-ingress/shared, external: true}'],
  ['intent-file', '{environment: prod}'],
];

/** The place is where one of the errors must point: refused for the right reason, not by accident. */
const refused: readonly (readonly [kind: string, document: string, at: string])[] = [
  ['service', '{stable: v1}', ''],
  ['service', '{service: Reviews}', '/service'],
  ['service', '{service: null}', '/service'],
  ['service', '{service: reviews, canry: {percent: 5}}', ''],
  ['service', '{service: reviews, port: 70000}', '/port'],
  ['service', '{service: reviews, port: "9080"}', '/port'],
  ['service', '{service: reviews, port: 80, ports: {http: 80}}', ''],
  ['service', '{service: reviews, ports: {80: 8080}}', '/ports/80'],
  ['service', '{service: reviews, ports: {70000: {}}}', '/ports'],
  ['service', '{service: reviews, ports: {http_admin: 80}}', '/ports'],
  ['service', '{service: reviews, ports: {http: {targetPort: 80}}}', '/ports/http'],
  ['service', '{service: reviews, ports: {http: {number: 80, protocol: HTPP}}}', '/ports/http/protocol'],
  ['service', '{service: reviews, versions: [v1, v1]}', '/versions'],
  ['service', '{service: reviews, versions: [v1.2]}', '/versions/0'],
  ['service', '{service: reviews, versions: {v1: {labels: {version: 1}}}}', '/versions/v1/labels/version'],
  ['service', '{service: reviews, versions: {v1: {timeout: 1s}}}', '/versions/v1'],
  ['service', '{service: reviews, versions: v1}', '/versions'],
  ['service', '{service: reviews, canary: {version: v3, percent: 101}}', '/canary/percent'],
  ['service', '{service: reviews, canary: {version: v3, percent: 10%}}', '/canary/percent'],
  ['service', '{service: reviews, canary: {version: v3, weight: 10}}', '/canary'],
  ['service', '{service: reviews, canary: {sticky: {cookie: "a b"}}}', '/canary/sticky/cookie'],
  ['service', '{service: reviews, split: {v1: -1}}', '/split/v1'],
  ['service', '{service: reviews, pins: [{version: v2}]}', '/pins/0'],
  ['service', '{service: reviews, pins: [{user: jason, users: [a], version: v2}]}', '/pins/0'],
  ['service', '{service: reviews, pins: [{user: jason}]}', '/pins/0'],
  ['service', '{service: reviews, pins: [{user: jason, version: v2, until: 2026-13-01}]}', '/pins/0/until'],
  ['service', '{service: reviews, pins: [{user: 1001, version: v2}]}', '/pins/0/user'],
  ['service', '{service: reviews, pins: {user: jason, version: v2}}', '/pins'],
  ['service', '{service: reviews, routes: [{match: {url: {exact: /a}}}]}', '/routes/0/match'],
  ['service', '{service: reviews, routes: [{match: []}]}', '/routes/0/match'],
  ['service', '{service: reviews, routes: [{to: v1, redirect: {uri: /new}}]}', '/routes/0'],
  ['service', '{service: reviews, routes: [{to: {v1: eighty}}]}', '/routes/0/to/v1'],
  ['service', '{service: reviews, routes: [{to: {service: legacy, subset: v1}}]}', '/routes/0/to'],
  ['service', '{service: reviews, routes: [{to: {host: a.example, port: http}}]}', '/routes/0/to/port'],
  ['service', '{service: reviews, routes: [{directResponse: {body: {string: no}}}]}', '/routes/0/directResponse'],
  ['service', '{service: reviews, expose: [{hosts: [a.example]}]}', '/expose/0'],
  ['service', '{service: reviews, expose: {gateway: g, hosts: []}}', '/expose/hosts'],
  ['service', '{service: reviews, loadBalancer: LEAST_REQ}', '/loadBalancer'],
  ['service', '{service: reviews, loadBalancer: {hash: ip}}', '/loadBalancer/hash'],
  ['service', '{service: reviews, loadBalancer: {hash: {header: a, query: b}}}', '/loadBalancer/hash'],
  ['service', '{service: reviews, timeout: 0s}', '/timeout'],
  ['service', '{service: reviews, timeout: 5}', '/timeout'],
  ['service', '{service: reviews, retries: {atempts: 3}}', '/retries'],
  ['service', '{service: reviews, names: {VirtualSevice: a}}', '/names'],
  ['service', '{service: reviews, dependsOn: [a/b/c]}', '/dependsOn/0'],
  ['service', '{service: reviews, allowFrom: [{namespace: a}]}', '/allowFrom/0'],
  ['service', '{service: reviews, allow: [{rule: MS5004}]}', '/allow/0'],
  ['service', '{service: reviews, patches: [{target: VirtualService, ops: [{op: add, path: /spec}]}]}', '/patches/0/ops/0'],
  ['service', '{service: reviews, patches: [{target: VirtualService, ops: [{op: move, path: /spec}]}]}', '/patches/0/ops/0'],
  ['service', '{service: reviews, patches: [{target: VirtualService, ops: [{op: set, path: spec, value: 1}]}]}', '/patches/0/ops/0/path'],
  ['service', '{service: reviews, next: {next: {}}}', '/next'],
  ['service', '{service: reviews, next: {stabel: v3}}', '/next'],
  ['service', '{service: reviews, rollout: {steps: [5, {soak: 1h}]}}', '/rollout/steps/1'],
  ['service', '{service: reviews, rollout: {soak: 30}}', '/rollout/soak'],
  ['service', '{service: reviews, namespace: [a]}', '/namespace'],
  ['service', '{service: reviews, selector: {a: b}}', ''],
  ['service', '{service: reviews, host: "*"}', '/host'],
  ['service', '{service: reviews, host: 10.0.0.1}', '/host'],
  ['service', '{service: reviews, exportTo: ["~"]}', '/exportTo/0'],
  ['service', '{service: reviews, timeout: 1.5ms}', '/timeout'],
  ['service', '{service: reviews, fault: {}}', '/fault'],
  ['service', '{service: reviews, connectionPool: {}}', '/connectionPool'],
  ['service', '{service: reviews, retries: {retryOn: "503, reset"}}', '/retries/retryOn'],
  ['service', '{service: reviews, routes: [{to: {host: a..b}}]}', '/routes/0/to/host'],
  ['service', '{service: reviews, expose: {gateway: g, hosts: [a_b.example]}}', '/expose/hosts/0'],
  ['gateway', '{gateway: g, names: {Gateway: a.b}}', '/names/Gateway'],
  ['gateway', '{gateway: g, hosts: {a.example: []}}', '/hosts/a.example'],
  ['gateway', '{gateway: g, hosts: {a..example: [{service: x}]}}', '/hosts'],
  ['gateway', '{gateway: g, servers: [{http: 80, hosts: [short]}]}', '/servers/0/hosts/0'],
  ['gateway', '{gateway: a/b/c}', '/gateway'],
  ['gateway', '{gateway: g, servers: [{hosts: [a.example]}]}', '/servers/0'],
  ['gateway', '{gateway: g, servers: [{http: 80, https: 443, hosts: [a.example]}]}', '/servers/0'],
  ['gateway', '{gateway: g, servers: [{https: 443, credentialName: c}]}', '/servers/0'],
  ['gateway', '{gateway: g, servers: [{port: {number: 80, name: http, protocol: HTTP}}]}', '/servers/0'],
  ['gateway', '{gateway: g, hosts: {a.example: [{prefix: /a}]}}', '/hosts/a.example/0'],
  ['gateway', '{gateway: g, hosts: {a.example: [{prefix: a, service: x}]}}', '/hosts/a.example/0/prefix'],
  ['gateway', '{gateway: g, hosts: {a.example: [{prefix: /a, exact: /b, service: x}]}}', '/hosts/a.example/0'],
  ['external', '{external: e, hosts: []}', '/hosts'],
  ['external', '{external: e, hosts: ["*"]}', '/hosts/0'],
  ['external', '{external: e, names: {Gateway: a.b}}', '/names/Gateway'],
  ['external', '{external: e, addresses: [a.example]}', '/addresses/0'],
  ['external', '{external: e, endpoints: [{address: "*.example"}]}', '/endpoints/0/address'],
  ['external', '{external: e, resolution: dns}', '/resolution'],
  ['external', '{external: e, originateTls: {form: both}}', '/originateTls/form'],
  ['external', '{external: e, via: {gateway: g}}', '/via'],
  ['external', '{external: e, endpoints: [{adress: 10.0.0.1}]}', '/endpoints/0'],
  ['environment', '{environment: prod, istio: 1.29}', '/istio'],
  ['environment', '{environment: prod, istio: "2.0"}', '/istio'],
  ['environment', '{environment: prod, user: {header: a, cookie: b}}', '/user'],
  ['environment', '{environment: prod, user: {}}', '/user'],
  ['environment', '{environment: prod, defaults: {service: {tiemout: 5s}}}', '/defaults/service'],
  ['environment', '{environment: prod, defaults: {service: {service: reviews}}}', '/defaults/service'],
  ['environment', '{environment: prod, manifests: [../other]}', '/manifests/0'],
  ['environment', '{environment: prod, shards: 0}', '/shards'],
  ['environment', '{environment: prod, guardrails: {freeze: [{cron: FRI, for: 62h}]}}', '/guardrails/freeze/0/cron'],
  ['environment', '{environment: prod, prometheus: {default: {url: "https://prometheus.example", token: abc}}}', '/prometheus/default'],
  ['environment', '{environment: prod, gates: {a: {max: fast}}}', '/gates/a/max'],
  ['train', '{train: t, services: {cart: 7}}', '/services/cart'],
  ['settings', '{rendered: {path: ../up}}', '/rendered/path'],
  ['settings', '{rendered: {path: .git/hooks}}', '/rendered/path'],
  ['settings', '{rendered: {path: /etc}}', '/rendered/path'],
  ['settings', '{base: --force}', '/base'],
  ['settings', '{automerge: always}', '/automerge'],
  ['intent-file', '{sevice: reviews}', ''],
  ['intent-file', '{service: reviews, hosts: [a]}', ''],
  ['intent-file', '{external: e, servers: []}', ''],
];

test('the pages under docs/reference say what the schemas say', () => {
  const script = fileURLToPath(new URL('../../scripts/generate-reference.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

describe('a document', () => {
  test.each(accepted)('%s is accepted: %s', (kind, document) => {
    expect(problems(kind, parse(document))).toEqual([]);
  });

  test.each(refused)('%s is refused: %s', (kind, document, at) => {
    expect(problems(kind, parse(document)).map((problem) => problem.slice(0, problem.indexOf(' ')))).toContain(at);
  });
});
