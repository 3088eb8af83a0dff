import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../src/document/print.ts';
import { drawTemplate } from '../../src/expand/draw-template.ts';
import { createTemplateSet, type TemplateSet } from '../../src/expand/template-set.ts';
import { isList, isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import type { View, ViewObject } from '../../src/model/view.ts';
import { hazardousStrings } from '../document/hazardous-strings.ts';
import { builtinTemplates } from '../expand/read-templates.ts';
import { own, templateSet } from '../expand/template-sets.ts';
import { destination, httpRoute, leaf, virtualService } from '../expand/views.ts';

const seed = 20_251_123;

/** Text that means something to YAML, to Handlebars, to JavaScript, or to the tokens that stand for values. */
const forged = fc.constantFrom(
  ...[
    '\uE0000\uE001',
    '\uE0001\uE001',
    '\uE000',
    '\uE001',
    '\uE0020:1\uE003',
    '\uE002',
    '\uE00099999999999\uE001',
    '{{',
    '}}',
    '{{{x}}}',
    '{{node a}}',
  ],
  ...[
    '\n',
    '\n  evil: true\n',
    '\n---\n',
    '\n...\n',
    ': ',
    ' #',
    '- ',
    '"',
    "'",
    '\\',
    '|',
    '>',
    '&a',
    '*a',
    '!!js/function',
    '<<',
    '%YAML 1.1',
    '[',
    '{',
    '?',
    '\t',
    '\r',
  ],
  ...['__proto__', 'constructor', 'toHTML', '$&', '$1', '&#x3D;', '&amp;', '\0', '\u2028', '\uFEFF', '\uD800'],
);
const hostile = fc.oneof(
  fc.array(forged, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  fc.constantFrom(...hazardousStrings.filter((text) => text.length < 100)),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** What a document is made of without its values: kinds, keys and their order, lengths of lists. */
function structure(value: Json): string {
  if (isList(value)) return `[${value.map(structure).join()}]`;
  if (!isObject(value)) return typeof value;
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${structure(member)}`)
    .join()}}`;
}

function bodyOf(set: TemplateSet, template: string, view: ViewObject): JsonObject {
  const { value, diagnostics } = drawTemplate(set, template, view);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join());
  return value.body;
}

function routes(a: string, b: string, c: string, d: string): ViewObject {
  const first = httpRoute({
    name: leaf(c),
    match: leaf([{ headers: { [`x${d}`]: { exact: d } } }]),
    route: [destination({ host: leaf(a), subset: leaf(b) }), destination({ host: leaf(b) })],
  });
  return {
    ...virtualService({
      hosts: [leaf(a), leaf(b)],
      gateways: [leaf(c)],
      http: [first, httpRoute({ delegate: { name: leaf(d), namespace: leaf(a) } })],
    }),
    namespace: leaf(d),
  };
}

describe('injection', () => {
  it('is impossible: hostile values change no structure and arrive byte for byte', () => {
    const set = templateSet();
    const neutral = structure(bodyOf(set, 'templates/virtual-service.hbs', routes('a', 'b', 'c', 'd')));
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (a, b, c, d) => {
        const body = bodyOf(set, 'templates/virtual-service.hbs', routes(a, b, c, d));
        expect(structure(body).replace(JSON.stringify(`x${d}`), '"xd"')).toBe(neutral);
        expect(body).toEqual({
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'reviews', namespace: d },
          spec: {
            hosts: [a, b],
            gateways: [c],
            http: [
              {
                name: c,
                match: [{ headers: { [`x${d}`]: { exact: d } } }],
                route: [{ destination: { host: a, subset: b } }, { destination: { host: b } }],
              },
              { delegate: { name: d, namespace: a } },
            ],
          },
        });
      }),
      { numRuns: 20_000, seed },
    );
  });

  it('is impossible: forged tokens are inert wherever a value stands in a text, on each new run of the template', () => {
    const lines = [
      'a: {{a}}',
      'b: "{{b}}"',
      "c: '<{{a}}|{{b}}>'",
      'd: {{a}}-{{b}}',
      'e: |',
      '  {{a}}',
      '   {{b}}',
      'f: [{{a}}, { g: {{b}} }, {{node l}}]',
      '{{#if a}}',
      'h: {{a}} {{a}}',
      '{{/if}}',
    ];
    const set = templateSet({ 'own.hbs': own(lines.join('\n')) });
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        set.drawn.clear();
        const body = bodyOf(set, 'templates/own.hbs', { a: leaf(a), b: leaf(b), l: [leaf(a), leaf(b)] });
        expect(body).toEqual({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'own' },
          data: { a, b, c: `<${a}|${b}>`, d: `${a}-${b}`, e: `${a}\n ${b}\n`, f: [a, { g: b }, [a, b]], h: `${a} ${a}` },
        });
      }),
      { numRuns: 20_000, seed },
    );
  });

  it('is impossible: maps bound whole come back from a YAML 1.1 reader as they were', () => {
    const set = templateSet({ 'own.hbs': own('x: {{node x}}\nk: {l: [{{node x}}]}') });
    const key = hostile.filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
    const { map } = fc.letrec<{ map: { readonly [key: string]: Json }; value: Json }>((tie) => ({
      map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        hostile,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('map'),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(map, (x) => {
        const body = bodyOf(set, 'templates/own.hbs', { x: leaf(x) });
        const read: unknown = parse(printYaml(body), { version: '1.1' });
        expect(read).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { x, k: { l: [x] } } });
      }),
      { numRuns: 5_000, seed },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('templates from anywhere', () => {
  const pieces = fc.constantFrom(
    ...[
      '{{',
      '}}',
      '{{{',
      '}}}',
      '{{#if a}}',
      '{{#each l}}',
      '{{#unless f}}',
      '{{/if}}',
      '{{/each}}',
      '{{/unless}}',
      '{{else}}',
      '{{else if a}}',
      '{{^}}',
      '{{a}}',
      '{{this}}',
    ],
    ...[
      '{{node l}}',
      '{{node a}}',
      '{{> p}}',
      '{{> p o}}',
      '{{o.x}}',
      '{{../a}}',
      '{{! c }}',
      '{{!-- c --}}',
      '{{nope}}',
      '{{l}}',
      '{{f}}',
      '{{u}}',
      '{{~',
      '(',
      ')',
      'as |x|',
      'x=1',
    ],
    ...[
      'a: ',
      'b: ',
      '- ',
      '"',
      "'",
      '\n',
      '\n',
      '\n',
      '\n  ',
      '\n    ',
      ' # ',
      '|\n',
      '---\n',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '&a ',
      '*a',
      '!t ',
      '<<: ',
      '? ',
      'text',
      '1',
      '@',
      '\\',
      '\t',
      '\r',
    ],
    ...['each: service', 'apiVersion: v1\n', 'kind: K\n', 'metadata: {name: n}\n', '__proto__: ', '\uE000'],
  );
  const view: { readonly [field: string]: View } = {
    a: leaf('A'),
    l: [leaf('x'), leaf('y')],
    o: { x: leaf(1), o: undefined },
    f: false,
    u: undefined,
    n: leaf({ k: [1] }),
  };

  it('never throw: they draw, or say why not', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), fc.array(pieces, { maxLength: 6 }), (parts, partial) => {
        const user = new Map([
          ['templates/own.hbs', `---\neach: service\n---\n${parts.join('')}`],
          ['templates/partials/p.hbs', partial.join('')],
        ]);
        const set = createTemplateSet(builtinTemplates, user);
        const drawn = set.value === undefined ? set : drawTemplate(set.value, 'templates/own.hbs', view);
        expect(drawn.value === undefined).toBe(drawn.diagnostics.length > 0);
      }),
      { numRuns: 2_000, seed },
    );
  });
});
