import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRe2 } from '../../src/istio/re2.ts';
import { isList, type Json, type JsonObject, objectOr } from '../../src/model/json.ts';
import type { MeshRequest } from '../../src/model/routing.ts';
import { holds } from '../../src/requests/holds.ts';
import { httpCondition } from '../../src/requests/http-condition.ts';
import { plainRequest } from '../../src/requests/request.ts';

const says = (match: JsonObject, request: Partial<MeshRequest>, minor = 31) =>
  holds(httpCondition(match, { minor, namespace: 'bookinfo' }), { ...plainRequest, ...request });

/** Istio's reading of a match, written down a second time: one request at a time, without conditions. */
function istioSays(match: JsonObject, request: MeshRequest, minor: number): boolean {
  const { gateways, sourceLabels, sourceNamespace, port, uri, ignoreUriCase } = match;
  const through = request.gateway ?? 'mesh';
  const source = isList(gateways)
    ? gateways.some((one) => (one === 'mesh' ? 'mesh' : `bookinfo/${String(one)}`) === through)
    : Object.entries(objectOr(sourceLabels)).every(([key, value]) => request.source.labels[key] === value) &&
      (sourceNamespace === undefined || sourceNamespace === request.source.namespace);
  const lower = (text: string) => (ignoreUriCase === true ? text.toLowerCase() : text);
  const path = objectOr(uri);
  const foldedPath = path.regex === undefined ? fits(lowered(path, lower), lower(request.path)) : fits(path, request.path);
  return (
    source &&
    (port === undefined || port === request.port) &&
    foldedPath &&
    fits(objectOr(match.method), request.method) &&
    Object.entries(objectOr(match.headers)).every(([name, one]) => {
      const value = request.headers[name.toLowerCase()];
      return value !== undefined && fits(objectOr(one), value);
    }) &&
    Object.entries(objectOr(match.withoutHeaders)).every(([name, one]) => {
      const value = request.headers[name.toLowerCase()];
      if (Object.keys(objectOr(one)).length === 0) return value === undefined;
      if (value === undefined && minor < 22) return false;
      return !fits(objectOr(one), value ?? '');
    }) &&
    Object.entries(objectOr(match.queryParams)).every(([name, one]) => {
      const value = request.query[name];
      return value !== undefined && fits(objectOr(one), value);
    })
  );
}

function lowered(condition: JsonObject, lower: (text: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(condition).map(([key, value]) => [key, lower(String(value))]));
}

function fits({ exact, prefix, regex }: JsonObject, text: string): boolean {
  if (exact !== undefined) return text === exact;
  if (prefix !== undefined) return text.startsWith(String(prefix));
  if (regex === undefined) return true;
  const reading = readRe2(String(regex));
  return reading.kind === 'read' && reading.re2.matches(text);
}

const text = fc.constantFrom('', 'a', 'A', 'ab', 'b', '/', '/a', '/A', '/ab');
const condition: fc.Arbitrary<Json> = fc.oneof(
  text.map((exact) => ({ exact })),
  text.map((prefix) => ({ prefix })),
  fc.constantFrom('.*', '/a*', '[ab]+', '(?i)a').map((regex) => ({ regex })),
  fc.constant({}),
);
const named = fc.dictionary(fc.constantFrom('x', 'y'), condition, { maxKeys: 2 });
const match: fc.Arbitrary<JsonObject> = fc.record(
  {
    uri: condition,
    ignoreUriCase: fc.boolean(),
    method: condition,
    headers: fc.oneof(named, fc.dictionary(fc.constantFrom('X', 'Y'), condition, { maxKeys: 2 })),
    withoutHeaders: named,
    queryParams: named,
    port: fc.constantFrom(80, 81),
    gateways: fc.constantFrom<Json[]>(['mesh'], ['gw'], ['mesh', 'gw']),
    sourceLabels: fc.dictionary(fc.constantFrom('app', 'x'), fc.constantFrom('a', 'b'), { maxKeys: 2 }),
    sourceNamespace: fc.constantFrom('bookinfo', 'default'),
  },
  { requiredKeys: [] },
);
const values = fc.dictionary(fc.constantFrom('x', 'y'), text, { maxKeys: 2 });
const request: fc.Arbitrary<MeshRequest> = fc
  .record({
    path: fc.constantFrom('/', '/a', '/A', '/ab'),
    method: fc.constantFrom('a', 'A', 'b'),
    headers: values,
    query: values,
    port: fc.constantFrom(80, 81),
    source: fc.record({
      namespace: fc.constantFrom('bookinfo', 'default'),
      labels: fc.dictionary(fc.constantFrom('app', 'x'), fc.constantFrom('a', 'b')),
    }),
  })
  .chain((parts) =>
    fc.constantFrom<Partial<MeshRequest>[]>({}, { gateway: 'bookinfo/gw' }).map((one) => ({ ...plainRequest, ...parts, ...one })),
  );

describe('what a match asks of a request', () => {
  it('is what Istio makes of it, in every version', () => {
    fc.assert(
      fc.property(match, fc.array(request, { minLength: 10, maxLength: 10 }), fc.constantFrom(21, 22, 31), (one, requests, minor) => {
        for (const each of requests) expect(says(one, each, minor)).toBe(istioSays(one, each, minor));
      }),
      { seed: 29, numRuns: 3000 },
    );
  });

  it.each<[string, JsonObject, Partial<MeshRequest>, boolean]>([
    ['the host by its old name', { headers: { Host: { exact: 'reviews' } } }, {}, true],
    [
      'pseudo headers',
      { headers: { ':authority': { prefix: 'rev' }, ':method': { exact: 'GET' }, ':scheme': { exact: 'http' } } },
      {},
      true,
    ],
    ['an authority with a port', { authority: { exact: 'reviews' } }, { authority: 'reviews:9080' }, false],
    ['a claim', { headers: { '@request.auth.claims.sub': { exact: 'jason' } } }, { claims: { sub: 'jason' } }, true],
    ['one of a list', { headers: { '@Request.Auth.Claims[groups]': { exact: 'admin' } } }, { claims: { groups: ['dev', 'admin'] } }, true],
    ['within others', { headers: { '@request.auth.claims.a.b': { prefix: 'x' } } }, { claims: { a: { b: 'xy' } } }, true],
    ['in brackets with dots', { headers: { '@request.auth.claims[a.b][c]': { exact: 'x' } } }, { claims: { 'a.b': { c: 'x' } } }, true],
    ['no claim', { withoutHeaders: { '@request.auth.claims.sub': { exact: 'jason' } } }, {}, true],
    ['a claim that is no text', { headers: { '@request.auth.claims.n': { regex: '.*' } } }, { claims: { n: 1 } }, false],
    ['K is no kelvin to a path', { uri: { exact: '/k' }, ignoreUriCase: true }, { path: '/\u212a' }, false],
    ['labels are ignored beside gateways', { gateways: ['mesh'], sourceLabels: { app: 'a' }, sourceNamespace: 'b' }, {}, true],
    ['`*` in withoutHeaders', { withoutHeaders: { x: { regex: '*' } } }, { headers: { x: 'a' } }, false],
    ['a header called like a word of JavaScript', { headers: { constructor: {} } }, {}, false],
  ])('%s', (_, one, parts, wanted) => {
    expect(says(one, parts)).toBe(wanted);
  });

  it.each<[string, JsonObject]>([
    ['a path with its query', { headers: { ':path': { exact: '/a?b' } } }],
    ['the status of a request', { headers: { ':status': {} } }],
    ['a claim that is merely there', { headers: { '@request.auth.claims.sub': {} } }],
    ['a regex that is none', { uri: { regex: '(?=a)' } }],
    ['the server itself', { uri: { exact: '*' } }],
  ])('is not decided: %s', (_, one) => {
    expect(says(one, {})).toBeUndefined();
    expect(says({ ...one, port: 81 }, {})).toBe(false);
  });
});
