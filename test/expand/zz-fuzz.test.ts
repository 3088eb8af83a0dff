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
  ...['\uE0000\uE001', '\uE0001\uE001', '\uE000', '\uE001', '\uE0020:1\uE003', '\uE002', '\uE00099999999999\uE001', '{{', '}}', '{{{x}}}', '{{node a}}'],
  ...['\n', '\n  evil: true\n', '\n---\n', '\n...\n', ': ', ' #', '- ', '"', "'", '\\', '|', '>', '&a', '*a', '!!js/function', '<<', '%YAML 1.1', '[', '{', '?', '\t', '\r'],
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
  const first = httpRoute({ name: leaf(c), match: leaf([{ headers: { [`x${d}`]: { exact: d } } }]), route: [destination({ host: leaf(a), subset: leaf(b) }), destination({ host: leaf(b) })] });
  return { ...virtualService({ hosts: [leaf(a), leaf(b)], gateways: [leaf(c)], http: [first, httpRoute({ delegate: { name: leaf(d), namespace: leaf(a) } })] }), namespace: leaf(d) };
}


const stat: Record<string, number> = {};
const path = fc.constantFrom('a','l','o','o.x','o.o','f','u','n','this','../a','this.a','nope','o.nope','../l','../../a');
const { block } = fc.letrec<{block: string; many: string}>((tie) => ({
  many: fc.array(tie('block'), {maxLength: 4}).map((b) => b.join('')),
  block: fc.oneof({depthSize: 'small', withCrossShrink: true},
    fc.tuple(fc.constantFrom('k','m','q-"x"','"w"'), fc.nat(9), path).map(([k,n,p]) => `  ${k}${n}: {{${p}}}\n`),
    fc.tuple(fc.nat(9), path).map(([n,p]) => `  z${n}: {{node ${p}}}\n`),
    fc.tuple(fc.nat(9), path, path).map(([n,p,q]) => `  t${n}: "{{${p}}} and {{${q}}}"\n`),
    fc.tuple(fc.nat(9), path, path).map(([n,p,q]) => `  e${n}: [{{#each ${p}}}{{${q}}}, {{/each}}]\n`),
    fc.tuple(path).map(([p]) => `  {{> p ${p}}}\n`),
    fc.tuple(fc.constantFrom('if','unless','each'), path, tie('many'), tie('many'), fc.boolean()).map(([w,p,x,y,e]) => `  {{#${w} ${p}}}\n${x}${e ? `  {{else}}\n${y}` : ''}  {{/${w}}}\n`),
  ),
}));
it('tree', () => { fc.assert(fc.property(fc.array(block, {minLength: 1, maxLength: 3}), block, (parts, p) => {
  const set = createTemplateSet(builtinTemplates, new Map([['templates/own.hbs', `---\neach: service\n---\napiVersion: v1\nkind: K\nmetadata: {name: n}\ndata:\n  first: 1\n${parts.join('')}`], ['templates/partials/p.hbs', p.replaceAll('{{> p', '{{! p')]]));
  const view: { readonly [field: string]: View } = { a: leaf('A'), l: [leaf('x'), leaf('y')], o: { x: leaf(1), o: undefined }, f: false, u: undefined, n: leaf({ k: [1] }) };
  const drawn = set.value === undefined ? set : drawTemplate(set.value, 'templates/own.hbs', view);
  const c = drawn.value === undefined ? String(drawn.diagnostics[0]?.code) : 'ok'; stat[c] = (stat[c] ?? 0) + 1;
  for (const d of drawn.diagnostics) if (d.at === undefined) throw new Error(JSON.stringify(d));
  expect(drawn.value === undefined).toBe(drawn.diagnostics.length > 0);
}), { numRuns: 40_000, seed: 11 }); console.log(stat); });
describe('templates from anywhere', () => {
  const pieces = fc.constantFrom(
    ...['{{', '}}', '{{{', '}}}', '{{#if a}}', '{{#each l}}', '{{#unless f}}', '{{/if}}', '{{/each}}', '{{/unless}}', '{{else}}', '{{else if a}}', '{{^}}', '{{a}}', '{{this}}'],
    ...['{{node l}}', '{{node a}}', '{{> p}}', '{{> p o}}', '{{o.x}}', '{{../a}}', '{{! c }}', '{{!-- c --}}', '{{nope}}', '{{l}}', '{{f}}', '{{u}}', '{{~', '(', ')', 'as |x|', 'x=1'],
    ...['a: ', 'b: ', '- ', '"', "'", '\n', '\n', '\n', '\n  ', '\n    ', ' # ', '|\n', '---\n', '[', ']', '{', '}', ', ', '&a ', '*a', '!t ', '<<: ', '? ', 'text', '1', '@', '\\', '\t', '\r'],
    ...['each: service', 'apiVersion: v1\n', 'kind: K\n', 'metadata: {name: n}\n', '__proto__: ', '\uE000'],
  );
  const view: { readonly [field: string]: View } = { a: leaf('A'), l: [leaf('x'), leaf('y')], o: { x: leaf(1), o: undefined }, f: false, u: undefined, n: leaf({ k: [1] }) };

  it('never throw: they draw, or say why not', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), fc.array(pieces, { maxLength: 6 }), (parts, partial) => {
        const user = new Map([
          ['templates/own.hbs', `---\neach: service\n---\n${parts.join('')}`],
          ['templates/partials/p.hbs', partial.join('')],
        ]);
        const set = createTemplateSet(builtinTemplates, user);
        const drawn = set.value === undefined ? set : drawTemplate(set.value, 'templates/own.hbs', view);
        stat[drawn.value === undefined ? String(drawn.diagnostics[0]?.code) : 'ok'] = (stat[drawn.value === undefined ? String(drawn.diagnostics[0]?.code) : 'ok'] ?? 0) + 1; expect(drawn.value === undefined).toBe(drawn.diagnostics.length > 0);
      }),
      { numRuns: 60_000, seed: 7 },
    );
  });
});
