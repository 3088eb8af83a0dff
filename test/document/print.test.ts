import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { joinDocuments, orderKeys, printYaml } from '../../src/document/print.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { hazardousStrings } from './hazardous-strings.ts';

const printed: readonly (readonly [string, JsonObject, string])[] = [
  ['an empty map', {}, '{}\n'],
  ['scalars', { a: 'v1', b: 10, c: true, d: null, e: 0.5, f: -0 }, 'a: v1\nb: 10\nc: true\nd: null\ne: 0.5\nf: 0\n'],
  ['empty collections', { a: {}, b: [], c: [[], {}] }, 'a: {}\nb: []\nc:\n- []\n- {}\n'],
  [
    'dashes under their key',
    { hosts: ['reviews'], http: [{ route: [{ weight: 90 }] }] },
    'hosts:\n- reviews\nhttp:\n- route:\n  - weight: 90\n',
  ],
  ['lists in lists', { a: [['x', 'w'], [['z']]] }, 'a:\n- - x\n  - w\n- - - z\n'],
  ['maps in maps', { a: { b: { c: 'd' }, e: ['f'] } }, 'a:\n  b:\n    c: d\n  e:\n  - f\n'],
  [
    'names plain',
    { apiVersion: 'networking.istio.io/v1', host: 'a-b.c.svc.cluster.local' },
    'apiVersion: networking.istio.io/v1\nhost: a-b.c.svc.cluster.local\n',
  ],
  ['paths and durations plain', { prefix: '/api/v1', timeout: '5s', soak: '100ms' }, 'prefix: /api/v1\ntimeout: 5s\nsoak: 100ms\n'],
  ['wildcards quoted', { hosts: ['*', '*.example.com'] }, 'hosts:\n- "*"\n- "*.example.com"\n'],
  ['words of YAML 1.1 quoted', { y: 'yes', on: 'Off', no: 'TRUE' }, '"y": "yes"\n"on": "Off"\n"no": "TRUE"\n'],
  [
    'numbers as text quoted',
    { a: '80', b: '1.29', c: '017', d: '1e3', e: '12:30' },
    'a: "80"\nb: "1.29"\nc: "017"\nd: "1e3"\ne: "12:30"\n',
  ],
  [
    'lines and controls escaped',
    { a: 'x\n  evil: true', b: '\u2028\u0085\x7f\ufeff', c: '\ud800' },
    'a: "x\\n  evil: true"\nb: "\\u2028\\u0085\\u007f\\ufeff"\nc: "\\ud800"\n',
  ],
  ['what cannot be seen escaped', { a: 'a\u202eb', b: '\u{e0041}', c: 'é😀' }, 'a: "a\\u202eb"\nb: "\\U000e0041"\nc: "é😀"\n'],
  ['exponents with a fraction', { a: 1e21, b: 1e-7, c: 1.5e-9 }, 'a: 1.0e+21\nb: 1.0e-7\nc: 1.5e-9\n'],
];

describe('printYaml', () => {
  it.each(printed)('prints %s', (_, value, text) => {
    expect(printYaml(value)).toBe(text);
  });

  it.each(hazardousStrings.map((text) => [JSON.stringify(text), text]))('keeps %s as key and value', (_, text) => {
    const value = { [text]: text, list: [text], nested: { [text]: [{ [text]: text }] } };
    for (const version of ['1.1', '1.2'] as const) expect(parse(printYaml(value), { version })).toEqual(value);
  });

  it('is read back identically as YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(hostileMap, (value) => {
        const text = printYaml(value);
        for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(value);
      }),
      { seed: 20240601, numRuns: 4_000 },
    );
  });

  it('writes keys too long for a simple key in the explicit form', () => {
    const value = { a: [{ ['k'.repeat(3_000)]: { b: 1 } }], ['"'.repeat(600)]: ['x'] };
    expect(parse(printYaml(value))).toEqual(value);
  });
});

describe('joinDocuments', () => {
  it('separates documents', () => {
    expect(joinDocuments([{ a: 1 }, {}, { b: [2] }].map(printYaml))).toBe('a: 1\n---\n{}\n---\nb:\n- 2\n');
    expect(joinDocuments([])).toBe('');
  });
});

describe('orderKeys', () => {
  it('puts named keys first and keeps the order of the others', () => {
    expect(Object.keys(orderKeys({ z: 1, spec: 2, a: 3, kind: 4 }, ['kind', 'missing', 'spec']))).toEqual(['kind', 'spec', 'z', 'a']);
  });
});

const hostileString = fc.oneof(
  fc.constantFrom(...hazardousStrings),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[-+.0-9_:eExobfinaTZyY~ ]{0,12}$/),
  fc
    .array(
      fc.constantFrom(
        ' ',
        '\t',
        '\n',
        '\r',
        '#',
        ':',
        '-',
        '"',
        "'",
        '{',
        '}',
        '[',
        ']',
        ',',
        '&',
        '*',
        '!',
        '|',
        '>',
        '%',
        '@',
        'a',
        '\u0085',
        '\u2028',
        '\ufeff',
        '\\',
      ),
    )
    .map((parts) => parts.join('')),
);
// yaml's own reader refuses a lone surrogate's pair of halves nowhere; -0 is not JSON.
const leaf = fc.oneof(
  hostileString,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.boolean(),
  fc.constant(null),
);
const { map: hostileMap } = fc.letrec<{ json: Json; map: JsonObject }>((tie) => ({
  json: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, fc.array(tie('json'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(
    hostileString.filter((key) => key !== '__proto__'),
    tie('json'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));
