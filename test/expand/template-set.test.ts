import { describe, expect, it } from 'vitest';
import { drawTemplate } from '../../src/expand/draw-template.ts';
import { extraTemplates } from '../../src/expand/template-set.ts';
import { builtinTemplates } from './read-templates.ts';
import { drawData, drawFindings, own, setFindings, templateSet } from './template-sets.ts';
import { destination, httpRoute, leaf, virtualService } from './views.ts';

const routed = virtualService({ hosts: [leaf('reviews')], http: [httpRoute({ route: [destination({ subset: leaf('v1') })] })] });

describe('templates of the user', () => {
  it('replace built-in ones file by file', () => {
    const set = templateSet({ 'partials/destination.hbs': '- destination:\n    host: {{host}}\n    subset: {{subset}}-blue' });
    const { value } = drawTemplate(set, 'templates/virtual-service.hbs', routed);
    expect(value?.body.spec).toEqual({ hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews', subset: 'v1-blue' } }] }] });
    expect(value?.provenance.slots.find(({ pointer }) => pointer.endsWith('/subset'))).toMatchObject({
      template: 'templates/partials/destination.hbs',
      line: 3,
    });
  });

  it('may start with a document mark, end without a line end, and have CRLF and a byte order mark', () => {
    const text = `\uFEFF---\n${builtinTemplates.get('templates/virtual-service.hbs')}`.trimEnd().replaceAll('\n', '\r\n');
    const { value, diagnostics } = drawTemplate(templateSet({ 'virtual-service.hbs': text }), 'templates/virtual-service.hbs', routed);
    expect(diagnostics).toEqual([]);
    expect(value?.body).toEqual(drawTemplate(templateSet(), 'templates/virtual-service.hbs', routed).value?.body);
    expect(
      setFindings({ 'virtual-service.hbs': '\uFEFFkind: {{{x}}}\r\nspec: {{{y}}}\r\n' }).map((finding) => finding.slice(0, 30)),
    ).toEqual(['MS4002 virtual-service.hbs:1:7', 'MS4002 virtual-service.hbs:2:7']);
  });

  it('may add templates, said to be for each intent of a kind', () => {
    const text = (each: string) => own('x: 1').replace('each: service', each);
    const set = templateSet({
      'b.hbs': text('each: "gateway"  # one each'),
      'a/deep.hbs': text('# mine\neach:  environment'),
      'partials/x.hbs': 'x: 1\n',
      'notes.txt': 'x',
    });
    expect(extraTemplates(set)).toEqual([
      { path: 'templates/a/deep.hbs', each: 'environment' },
      { path: 'templates/b.hbs', each: 'gateway' },
    ]);
  });

  it.each([
    ['virtual-servise.hbs', 'x: 1\n', 'MS4007 virtual-servise.hbs:1:1 nothing draws this template'],
    ['own.hbs', '---\neach: services\n---\nx: 1\n', 'MS4007 own.hbs:2:1 `each` is `service`, `gateway`, `external` or `environment`'],
    ['own.hbs', '---\neach: service\nfor: x\n---\nx: 1\n', 'MS4007 own.hbs:3:1 front matter knows only `each`, not `for`'],
    ['gateway.hbs', '---\neach: service\n---\nx: 1\n', 'MS4007 gateway.hbs:1:1 front matter is for templates of your own'],
    ['partials/x.hbs', '---\neach: service\n---\nx: 1\n', 'MS4007 partials/x.hbs:1:1 front matter is for templates of your own'],
    ['own.hbs', 'x: \uE000\n', 'MS4006 own.hbs:1:4 the template holds the private-use character U+E000'],
    ['own.hbs', `x: ${'y'.repeat(70_000)}\n`, 'MS4005 own.hbs:1:1 the template is more than 64 KiB'],
  ])('say what they are for: %s', (name, text, finding) => {
    expect(setFindings({ [name]: text })).toEqual([expect.stringContaining(finding)]);
  });

  it('name partials that exist', () => {
    expect(setFindings({ 'own.hbs': own('{{> metdata}}') })[0]).toMatch(/^MS4003 own\.hbs:9:3 there is no partial `metdata`; there are /);
  });

  it.each([
    ['x: {{#if name}}\n  y: 1', 'MS4001 own.hbs:9:6 this template cannot be read: this block is never closed'],
    ['{{#if name}}\nx: 1\n{{/each}}', 'MS4001 own.hbs:9:3 this template cannot be read: a block is closed by the tag of another one'],
    ['x: {{name', 'MS4001 own.hbs:9:3 this template cannot be read: a tag is not written as Handlebars expects'],
    ['x: {{name name=}}', 'MS4001 own.hbs:9:3 this template cannot be read: a tag is not written as Handlebars expects'],
  ])('are read as Handlebars: %s', (lines, finding) => {
    expect(setFindings({ 'own.hbs': own(lines) })).toEqual([finding]);
  });

  it('are judged all at once, each finding said once', () => {
    const files = { 'partials/x.hbs': 'x: {{{a}}}\n', 'own.hbs': own('{{> x}}'), 'other.hbs': own('{{> x}}\ny: {{{b}}}') };
    expect(setFindings(files).map((finding) => finding.split(' ').slice(0, 2).join(' '))).toEqual([
      'MS4002 other.hbs:10:6',
      'MS4002 partials/x.hbs:1:4',
    ]);
  });
});

describe('the language of templates', () => {
  const view = {
    name: leaf('reviews'),
    port: leaf(80),
    on: true,
    off: false,
    none: undefined,
    some: [leaf('a'), leaf('b')],
    empty: [],
    map: { x: leaf(1), y: undefined },
    zero: leaf(0),
    no: leaf(false),
    nil: leaf(null),
  };

  it.each([
    ['binds a whole scalar with its type', 'a: {{port}}\nb: {{no}}\nc: {{name}}', { a: 80, b: false, c: 'reviews' }],
    [
      'binds quoted scalars and parts of texts as text',
      'a: "{{port}}"\nb: \'{{no}}\'\nc: {{name}}:{{port}}/x',
      { a: '80', b: 'false', c: 'reviews:80/x' },
    ],
    [
      'binds in block scalars and flow collections',
      'a: |\n  {{name}}\n  {{port}}\nb: [{{name}}, {c: {{port}} }]',
      { a: 'reviews\n80\n', b: ['reviews', { c: 80 }] },
    ],
    [
      'binds whole nodes',
      'a: {{node port}}\nb: {{node nil}}\nc: {{node some}}\nd: {{node empty}}',
      { a: 80, b: null, c: ['a', 'b'], d: [] },
    ],
    ['asks switches', 'a: 1\n{{#if on}}\nb: 1\n{{else}}\nc: 1\n{{/if}}\n{{#if off}}\nd: 1\n{{else}}\ne: 1\n{{/if}}', { a: 1, b: 1, e: 1 }],
    [
      'asks for presence, not for truth',
      '{{#if zero}}\na: {{zero}}\n{{/if}}\n{{#if no}}\nb: {{no}}\n{{/if}}\n{{#if map}}\nc: 1\n{{/if}}',
      { a: 0, b: false, c: 1 },
    ],
    [
      'takes absent and empty as nothing',
      '{{#unless none}}\na: 1\n{{/unless}}\n{{#unless empty}}\nb: 1\n{{/unless}}\n{{#if map.y}}\nc: 1\n{{/if}}',
      { a: 1, b: 1 },
    ],
    ['chains conditions', '{{#if none}}\na: 1\n{{else if on}}\nb: 1\n{{else}}\nc: 1\n{{/if}}', { b: 1 }],
    [
      'goes over lists',
      'a:\n{{#each some}}\n- {{this}}-{{../name}}\n{{else}}\n- none\n{{/each}}\n{{#each empty}}\n{{else}}\nb: 1\n{{/each}}\nc: [{{#each some}}{{this}}, {{/each}}]',
      { a: ['a-reviews', 'b-reviews'], b: 1, c: ['a', 'b'] },
    ],
    [
      'meets the same list inside itself',
      'a:\n{{#each some}}\n{{#each ../some}}\n- {{this}}-{{../this}}-{{../../name}}\n{{/each}}\n{{/each}}',
      { a: ['a-a-reviews', 'b-a-reviews', 'a-b-reviews', 'b-b-reviews'] },
    ],
    ['reads nested fields, `this` and `./`', 'a: {{map.x}}\nb: {{this.name}}\nc: {{./name}}', { a: 1, b: 'reviews', c: 'reviews' }],
    ['has comments', 'a: 1 {{! b: 2 }}\n{{!-- c: {{x}}\nd: 3 --}}\n# plain\ne: {{name}}', { a: 1, e: 'reviews' }],
    ['keeps keys that look like numbers apart from numbers', '"80": {{port}}\n"7": {{name}}', { '80': 80, '7': 'reviews' }],
  ])('%s', (_, lines, data) => {
    expect(drawData(lines, view)).toEqual(data);
  });

  it('calls partials with the fields at hand or with those of a path, at the indentation of the call', () => {
    const files = { 'partials/a.hbs': 'x: {{x}}\n{{#if y}}\ny: {{y}}\n{{/if}}\n', 'partials/deep/b.hbs': '- {{this}}' };
    expect(drawData('m:\n  k:\n    {{> a map}}\nl:\n  {{#each some}}\n  {{> deep/b}}\n  {{/each}}', view, files)).toEqual({
      m: { k: { x: 1 } },
      l: ['a', 'b'],
    });
  });

  it('points at the tag of a partial that reads a missing field', () => {
    expect(drawFindings('{{> a map}}', view, { 'partials/a.hbs': 'x: {{x}}\n\nz: a {{z}}\n' })).toEqual([
      'MS4010 partials/a.hbs:3:6 `map` is a map of fields and has no field `z`; it has `x` and `y`',
    ]);
  });
});
