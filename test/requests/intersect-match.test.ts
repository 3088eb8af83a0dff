import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject, objectOr } from '../../src/model/json.ts';
import { intersectMatch } from '../../src/requests/intersect-match.ts';
import { patternHolds } from '../../src/requests/pattern.ts';

interface Request {
  readonly path: string;
  readonly method: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
}

const text = fc.constantFrom('a', 'A', 'ab', 'abc', 'b', 'ba');
const value = fc.oneof(
  text.map((exact): JsonObject => ({ exact })),
  text.map((prefix): JsonObject => ({ prefix })),
  fc.constant<JsonObject>({}),
);
const path = fc.oneof(
  text.map((exact): JsonObject => ({ exact: `/${exact}` })),
  text.map((prefix): JsonObject => ({ prefix: `/${prefix}` })),
  fc.constantFrom('/a.*', '/[ab]+', '/.', '/(?i:ab)', '.*').map((regex): JsonObject => ({ regex })),
);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const match: fc.Arbitrary<JsonObject> = fc
  .record({
    uri: some(path),
    ignoreUriCase: some(fc.constant(true)),
    method: some(text.map((exact): JsonObject => ({ exact }))),
    port: some(fc.constantFrom(80, 81)),
    headers: some(fc.dictionary(fc.constantFrom('x', 'X', 'y'), value, { maxKeys: 2 }).filter(oneSpelling)),
  })
  .map(
    (record): JsonObject => Object.fromEntries(Object.entries(record).flatMap(([key, item]) => (item === undefined ? [] : [[key, item]]))),
  );
const request: fc.Arbitrary<Request> = fc.record({
  path: text.map((one) => `/${one}`),
  method: text,
  port: fc.constantFrom(80, 81),
  headers: fc.dictionary(fc.constantFrom('x', 'y'), text),
});

function oneSpelling(headers: object): boolean {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return new Set(names).size === names.length;
}

/** Istio's own reading of a match, one request at a time. */
function holds(condition: JsonObject, { path, method, port, headers }: Request): boolean {
  const lower = condition.ignoreUriCase === true ? (one: string) => one.toLowerCase() : (one: string) => one;
  return (
    says(condition.uri, path, lower) &&
    says(condition.method, method) &&
    (condition.port === undefined || condition.port === port) &&
    Object.entries(objectOr(condition.headers)).every(([name, one]) => says(one, headers[name.toLowerCase()]))
  );
}

function says(condition: Json | undefined, actual: string | undefined, as = (one: string) => one): boolean {
  if (!isObject(condition)) return true;
  if (actual === undefined) return false;
  if (typeof condition.regex === 'string') return patternHolds({ kind: 'regex', regex: condition.regex }, actual);
  if (condition.exact !== undefined) return as(actual) === as(String(condition.exact));
  return condition.prefix === undefined || as(actual).startsWith(as(String(condition.prefix)));
}

describe('two conditions at once', () => {
  it('means both, for every request; "impossible" hides none', () => {
    fc.assert(
      fc.property(match, match, fc.array(request, { minLength: 20, maxLength: 20 }), (a, b, requests) => {
        const both = intersectMatch(a, b);
        for (const one of requests) {
          const wanted = holds(a, one) && holds(b, one);
          if (both.kind === 'match') expect(holds(both.match, one)).toBe(wanted);
          if (both.kind === 'impossible') expect(wanted).toBe(false);
        }
      }),
      { seed: 11, numRuns: 4000 },
    );
  });

  it('is undecided on one key only where patterns or case meet', () => {
    fc.assert(
      fc.property(match, match, (a, b) => {
        const both = intersectMatch(a, b);
        const patterns = [a, b].some(({ uri }) => objectOr(uri).regex !== undefined);
        if (both.kind === 'undecided') expect([both.key, patterns || a.ignoreUriCase !== b.ignoreUriCase]).toEqual(['uri', true]);
      }),
      { seed: 12, numRuns: 2000 },
    );
  });

  it('comes out the same from either side', () => {
    fc.assert(
      fc.property(match, match, (a, b) => {
        expect(intersectMatch(a, b).kind).toBe(intersectMatch(b, a).kind);
      }),
      { seed: 13, numRuns: 2000 },
    );
  });

  it.each([
    ['a regex with a common part', { uri: { regex: '/.*b' } }, { uri: { prefix: '/a' } }, { kind: 'undecided', key: 'uri' }],
    ['a regex without', { uri: { regex: '/b.*' } }, { uri: { prefix: '/a' } }, { kind: 'impossible', key: 'uri' }],
    ['a regex within', { uri: { regex: '/ab.*' } }, { uri: { prefix: '/a' } }, { kind: 'match', match: { uri: { regex: '/ab.*' } } }],
    [
      'a path within a regex, in letters of any case',
      { uri: { regex: '/(?i:a).*' } },
      { uri: { prefix: '/a/' }, ignoreUriCase: true },
      { kind: 'match', match: { uri: { prefix: '/a/' }, ignoreUriCase: true } },
    ],
    [
      'a header',
      { headers: { X: { regex: 'a|b' } } },
      { headers: { x: { exact: 'b' } } },
      { kind: 'match', match: { headers: { X: { exact: 'b' } } } },
    ],
    ['one regex twice', { uri: { regex: 'a' } }, { uri: { regex: 'a' } }, { kind: 'match', match: { uri: { regex: 'a' } } }],
    [
      'an impossible key beside an open one',
      { uri: { regex: '/.*b' }, port: 1 },
      { uri: { prefix: '/a' }, port: 2 },
      { kind: 'impossible', key: 'port' },
    ],
    ['labels', { sourceLabels: { app: 'a' } }, { sourceLabels: { app: 'b' } }, { kind: 'impossible', key: 'sourceLabels.app' }],
    ['gateways', { gateways: ['a', 'b'] }, { gateways: ['b'] }, { kind: 'match', match: { gateways: ['b'] } }],
    ['namespaces', { sourceNamespace: 'a' }, { sourceNamespace: 'b' }, { kind: 'impossible', key: 'sourceNamespace' }],
  ])('%s', (_, a, b, expected) => {
    expect(intersectMatch(a, b)).toEqual(expected);
  });
});
