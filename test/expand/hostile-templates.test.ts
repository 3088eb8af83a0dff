import { describe, expect, it } from 'vitest';
import { drawTemplate } from '../../src/expand/draw-template.ts';
import { createTemplateSet } from '../../src/expand/template-set.ts';
import { builtinTemplates } from './read-templates.ts';
import { drawData, drawFindings, own, setFindings, shown, templateSet } from './template-sets.ts';
import { destination, httpRoute, leaf, metadata, virtualService } from './views.ts';

const view = { name: leaf('reviews'), hosts: [leaf('a'), leaf('b')], on: true, missing: undefined, map: { x: leaf(1) }, list: leaf(['a']) };

function refusal(lines: string): string {
  return setFindings({ 'own.hbs': own(lines) }).join('\n');
}

// The numbers are those of the bad-input list for templates.
describe('hostile templates', () => {
  it('T01 takes only text, never a syntax tree', () => {
    const tree: unknown = { type: 'Program', body: [], loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };
    // biome-ignore lint/suspicious/noExplicitAny: what a caller without types could pass.
    expect(() => createTemplateSet(new Map(), new Map([['templates/own.hbs', tree as any]]))).toThrow(TypeError);
  });

  it.each([
    ...[
      'constructor',
      '__proto__',
      'this.constructor',
      'name.constructor',
      'toString',
      'valueOf',
      'name.toHTML',
      '__defineGetter__',
      'this.__proto__.x',
      '__lookupGetter__',
    ],
    ...['constructor.constructor', 'prototype', '[constructor]', '["constructor"]', 'hosts.[0]', 'hosts.0', 'name/__proto__'],
  ])('T02 has no way to the prototype: {{%s}}', (path) => {
    expect([
      ...setFindings({ 'own.hbs': own(`x: {{${path}}}`) }),
      ...(refusal(`x: {{${path}}}`) === '' ? drawFindings(`x: {{${path}}}`, view) : []),
    ]).not.toEqual([]);
    expect(refusal(`x:\n{{#if ${path}}}\n  y: 1\n{{/if}}`)).not.toBe('');
  });

  it.each([
    'helperMissing',
    'blockHelperMissing',
    'lookup',
    'log',
    'with',
    'name.length',
    'hosts.length',
    'hosts.map',
    'hasOwnProperty',
    'isPrototypeOf',
    'then',
  ])('T02 has no hidden word: {{%s}}', (path) => {
    expect(drawFindings(`x: {{${path}}}`, view)).toEqual([expect.stringMatching(/^MS4010 own\.hbs:9:6 /)]);
    expect(drawFindings(`x: 1\n{{#if ${path}}}\ny: 1\n{{/if}}`, view)).toEqual([expect.stringMatching(/^MS4010 own\.hbs:10:3 /)]);
  });

  it('T02 refuses the classic chain that ends in code', () => {
    const chain = '{{#with "s" as |string|}}{{#with (split as |x|)}}{{this.push (lookup string.sub "constructor")}}{{/with}}{{/with}}';
    expect(refusal(`x: 1\n${chain}`)).toContain('MS4002 own.hbs:10:');
  });

  it.each([
    ['x: {{nope}}', 'MS4010 own.hbs:9:6 `nope` is nothing that an own template can read; it can read `'],
    ['x: {{map.nope}}', 'MS4010 own.hbs:9:6 `map` is a map of fields and has no field `nope`; it has `x`'],
    ['x: {{name.nope}}', 'MS4010 own.hbs:9:6 `name` is a value and has no field `nope`'],
    ['x: 1\n{{#if nope}}\ny: 1\n{{/if}}', 'MS4010 own.hbs:10:3 `nope` is nothing that an own template can read; it can read `'],
    ['x: 1\n{{#unless map.nope}}\ny: 1\n{{/unless}}', 'MS4010 own.hbs:10:3 `map` is a map of fields and has no field `nope`'],
    ['x:\n{{#each nope}}\n- 1\n{{/each}}', 'MS4010 own.hbs:10:3 `nope` is nothing that an own template can read; it can read `'],
    ['x: {{node nope}}', 'MS4010 own.hbs:9:6 `nope` is nothing that an own template can read; it can read `'],
    ['x:\n{{#each hosts}}\n- {{nope}}\n{{/each}}', 'MS4010 own.hbs:11:5 `hosts[0]` is a value and has no field `nope`'],
    ['{{> with-x nope}}', 'MS4010 own.hbs:9:3 `nope` is nothing that an own template can read; it can read `'],
    ['x: {{missing}}', 'MS4011 own.hbs:9:6 `missing` is printed, but nothing says it here'],
    ['x: {{node missing}}', 'MS4011 own.hbs:9:6 `missing` is printed, but nothing says it here'],
    ['x: {{missing.name}}', 'MS4011 own.hbs:9:6 `missing` is printed, but nothing says it here'],
  ])('T03 never draws a field that is not there: %s', (lines, finding) => {
    const [first, ...more] = drawFindings(lines, view, { 'partials/with-x.hbs': 'x: 1\n' });
    expect(first).toContain(finding);
    expect(more).toEqual([]);
  });

  it('T03 says what was probably meant', () => {
    const { diagnostics } = drawTemplate(templateSet({ 'own.hbs': own('x: {{hosst}}') }), 'templates/own.hbs', view);
    expect(diagnostics[0]?.hints).toEqual(['did you mean `hosts`?']);
  });

  it.each([
    ['{{* x}}', 'decorators'],
    ['{{#*inline "p"}}\nx: 1\n{{/inline}}', 'decorators or inline partials'],
    ['{{> (lookup . "p")}}', 'subexpressions'],
    ['{{#> metadata}}\nx: 1\n{{/metadata}}', 'partial blocks'],
    ['{{> metadata a=1}}', 'named arguments'],
    ['{{> metadata name hosts}}', 'partials with several arguments'],
    ['x: {{log name}}', 'such helper'],
    ['x: {{lookup this name}}', 'such helper'],
    ['{{#with name}}\nx: 1\n{{/with}}', 'such block'],
    ['{{#name}}\nx: 1\n{{/name}}', 'such block'],
    ['{{^name}}\nx: 1\n{{/name}}', 'such block'],
    ['{{#each hosts as |host|}}\nx: 1\n{{/each}}', 'block parameters'],
    ['{{#if (eq name hosts)}}\nx: 1\n{{/if}}', 'subexpressions'],
    ['{{#if name hosts}}\nx: 1\n{{/if}}', 'such form'],
    ['{{#if true}}\nx: 1\n{{/if}}', 'literals'],
    ['{{#if name includeZero=true}}\nx: 1\n{{/if}}', 'named arguments'],
    ['x: {{if}}', 'block without `#`'],
    ['x: {{node}}', 'such form'],
    ['x: {{node "a"}}', 'literals'],
    ['x: {{"name"}}', 'literals'],
    ['x: {{1}}', 'literals'],
    ['x: {{@root.name}}', 'variables'],
    ['x:\n{{#each hosts}}\n- {{@index}}\n{{/each}}', 'variables'],
    ['x: {{../name}}', 'field outside the view'],
    ['x:\n{{#each hosts}}\n- {{../../name}}\n{{/each}}', 'field outside the view'],
    ['x:\n{{#each hosts}}\n- 1\n{{else}}\n- {{../name}}\n{{/each}}', 'field outside the view'],
    ['x: {{~name~}}', 'whitespace control'],
    ['x: \\{{name}}', 'escaped or raw'],
    ['{{{{raw}}}}\nx\n{{{{/raw}}}}', 'escaped or raw'],
    ['x: {{node\n  name}}', 'tags over several lines'],
    ['x: {{> metadata}}', 'partials inside a line'],
  ])('T04 knows nothing but its own words: %s', (lines, construct) => {
    expect(refusal(lines)).toMatch(new RegExp(`^MS4002 own\\.hbs:(9|1[0-3]):\\d+ templates have no ${construct.replace(/[|]/g, '\\|')}`));
  });

  it('T05 draws quotes, angle brackets, signs and line ends as they are', () => {
    for (const hostile of [`a'b<c>&="\``, 'x\n  evil: true', '{{name}}', '#', ': ', '- a', '\uE0000\uE001']) {
      expect(drawData('x: {{name}}\nb: "<{{name}}>"\nz: {{name}}-{{name}}', { name: leaf(hostile) })).toEqual({
        x: hostile,
        b: `<${hostile}>`,
        z: `${hostile}-${hostile}`,
      });
    }
  });

  it.each(['x: {{{name}}}', 'x: {{&name}}'])('T05 has no unescaped print: %s', (lines) => {
    expect(refusal(lines)).toMatch(/^MS4002 own\.hbs:9:6 templates have no unescaped/);
  });

  // T06, the structure oracle, is test/property/injection.test.ts.

  it.each([
    ['x: {{hosts}}', 'MS4012 own.hbs:9:6 `hosts` is a list, which `{{path}}` cannot draw; go over it with `{{#each}}`'],
    ['x: {{map}}', 'MS4012 own.hbs:9:6 `map` is a map of fields, which `{{path}}` cannot draw; print its fields'],
    ['x: {{on}}', 'MS4012 own.hbs:9:6 `on` is a switch, which `{{path}}` cannot draw; ask for it with `{{#if}}`'],
    ['x: {{list}}', 'MS4024 own.hbs:9:3 this template prints a list as if it were a text'],
    ['x: {{node map}}', 'MS4012 own.hbs:9:6 `map` is a map of fields, which `{{node}}` cannot draw; print its fields'],
    [
      'x:\n{{#each name}}\n- 1\n{{/each}}',
      'MS4012 own.hbs:10:3 `name` is a value, which `{{#each}}` cannot draw; draw it whole with `{{node}}`',
    ],
    ['x:\n{{#each map}}\n- 1\n{{/each}}', 'MS4012 own.hbs:10:3 `map` is a map of fields, which `{{#each}}` cannot draw'],
  ])('T07 prints nothing that has no text: %s', (lines, finding) => {
    const findings = drawFindings(lines, view);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(finding);
  });

  it('T07 trusts no `toHTML` of a value', () => {
    expect(drawData('x: {{node v}}', { v: leaf({ toHTML: 'evil: true' }) })).toEqual({ x: { toHTML: 'evil: true' } });
    const hostile: unknown = { toHTML: () => 'evil: true' };
    // biome-ignore lint/suspicious/noExplicitAny: what a caller without types could pass.
    expect(() => drawFindings('x: {{v}}', { v: hostile as any })).toThrow('neither traced nor');
  });

  it('T08 refuses partials that draw themselves, naming the circle', () => {
    expect(setFindings({ 'partials/a.hbs': 'x: 1\n{{> a}}\n' })).toEqual([
      'MS4004 partials/a.hbs:2:1 these templates draw each other in a circle: a → a',
    ]);
    expect(setFindings({ 'partials/a.hbs': '{{> b}}\n', 'partials/b.hbs': '{{> a}}\n' })).toEqual([
      'MS4004 partials/b.hbs:1:1 these templates draw each other in a circle: a → b → a',
    ]);
  });

  it('T09 refuses deep nesting and large files before reading them', () => {
    const nested = (depth: number) => `${'{{#if on}}'.repeat(depth)}x: 1${'{{/if}}'.repeat(depth)}`;
    expect(refusal(nested(32))).toBe('');
    expect(refusal(nested(33))).toContain('MS4005 own.hbs:9:323 blocks stand inside each other more than 32 levels deep');
    expect(refusal(nested(3_000))).toContain('MS4005');
    expect(refusal(`{{#if on}}\nx: 1\n${'{{else if on}}\nx: 1\n'.repeat(40)}{{/if}}`)).toContain('MS4005');
    expect(refusal(`x: {{node ${'('.repeat(5_000)}name${')'.repeat(5_000)}}}`)).toContain('MS4002');
    expect(refusal(`x: ${'y'.repeat(70_000)}`)).toContain('MS4005 own.hbs:1:1 the template is more than 64 KiB');
    expect(refusal('{{'.repeat(30_000))).toContain('MS4002');
    expect(refusal('{{ '.repeat(20_000))).toContain('MS4001');
    expect(drawFindings(`x: ${'['.repeat(5_000)}${']'.repeat(5_000)}`, view)[0]).toContain(
      'MS4020 own.hbs:9:3 what this template draws cannot be used: it nests maps and lists more than 64 levels deep',
    );
  });

  it('T10 ends loops in loops and partials in partials', () => {
    const hundred = Object.fromEntries(
      [0, 1, 2, 3, 4].map((list) => [`list${list}`, Array.from({ length: 100 }, (_, i) => leaf(`h${i}`))]),
    );
    const each = (depth: number) => `{{#each ${'../'.repeat(depth)}list${depth}}}\n`;
    const loops = `x:\n${[0, 1, 2, 3, 4].map(each).join('')}- ${'y'.repeat(100)}\n${'{{/each}}\n'.repeat(5)}`;
    expect(drawFindings(loops, hundred)).toEqual([expect.stringContaining('MS4013 own.hbs:1:1 this template draws more than 4 MiB')]);
    const levels = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`partials/p${i}.hbs`, i === 19 ? 'x: 1\n' : `{{> p${i + 1}}}\n`.repeat(10)]),
    );
    expect(drawFindings('{{> p0}}', hundred, levels)).toEqual([expect.stringContaining('MS4013')]);
  });

  it.each([
    ['x: 1\n---\ny: 1', 'it holds several documents'],
    ['x: 1\n...\ny: 1', 'it holds several documents'],
    ['x: &a 1', 'it holds an anchor'],
    ['x: *a', 'it holds an alias'],
    ['x: !!str 1', 'it holds a tag'],
    ['x: !evil 1', 'it holds a tag'],
    ['<<: {a: 1}', 'it holds the merge key'],
    ['x: 1\nx: 2', 'one map holds the key `x` twice'],
    ['x: 1\n"a\\u202E": 1\n"a\\u202E": 2', 'one map holds the key `a\\u{202E}` twice'],
    ['__proto__: {a: 1}', 'it holds the key `__proto__`'],
    ['"constructor": 1', 'it holds the key `constructor`'],
    ['x: yes', 'an unquoted value means different things'],
    ['x: 017', 'an unquoted value means different things'],
    ['1: x', 'a key is not a text'],
    ['[a]: x', 'a key is not a text'],
    ['x: .inf', 'a number is not finite'],
    ['x: [', 'it is not YAML'],
    ['x: "\\uE0000\\uE001"\nz: {{name}}', 'an escape spells a private-use character'],
  ])('T11 draws one plain document: %s', (lines, problem) => {
    const indented = lines.replace('\n---\n', '\n---\n').replace('\n...\n', '\n...\n');
    const text = own(indented).replace('\n  ---\n', '\n---\n').replace('\n  ...\n', '\n...\n');
    const { diagnostics } = drawTemplate(templateSet({ 'own.hbs': text }), 'templates/own.hbs', view);
    expect(diagnostics[0]?.message).toContain(problem);
  });

  it('T11 refuses directives', () => {
    const text = own('x: 1').replace('apiVersion', '%YAML 1.1\n---\napiVersion');
    expect(drawTemplate(templateSet({ 'own.hbs': text }), 'templates/own.hbs', view).diagnostics[0]?.message).toContain('directive');
  });

  it.each([
    ['kind: VirtualService', 'kind: EnvoyFilter', 'draws the kind `EnvoyFilter` instead of `VirtualService`', '2:1'],
    ['kind: VirtualService', 'kind: {{name}}', 'draws the kind `reviews` instead of `VirtualService`', '2:1'],
    ['{{apiVersion}}', 'security.istio.io/v1', 'draws the apiVersion `security.istio.io/v1` instead of `networking.istio.io/v1`', '1:1'],
    ['{{> metadata}}', 'metadata: {name: ratings}', 'draws the name `ratings` instead of `reviews`', '3:1'],
    ['{{> metadata}}', 'metadata:\n  labels: {}\n  name: ratings', 'draws the name `ratings` instead of `reviews`', '5:3'],
    [
      '{{> metadata}}',
      'metadata: {name: "{{name}}", namespace: istio-system}',
      'draws the namespace `istio-system` instead of none',
      '3:1',
    ],
    ['{{> metadata}}', 'other: 1', 'draws the name none instead of `reviews`', '1:1'],
  ])('T11 keeps a kind drawing its own object: %s → %s', (from, to, message, place) => {
    const changed = builtinTemplates.get('templates/virtual-service.hbs')?.replace(from, to) ?? '';
    const { value, diagnostics } = drawTemplate(
      templateSet({ 'virtual-service.hbs': changed }),
      'templates/virtual-service.hbs',
      virtualService({ hosts: [leaf('reviews')] }),
    );
    expect(value).toBeUndefined();
    const files = { 'virtual-service.hbs': changed };
    expect(diagnostics.map((diagnostic) => shown(files, diagnostic))).toEqual([
      `MS4030 virtual-service.hbs:${place} this template ${message}`,
    ]);
  });

  it.each([
    ['networking.istio.io/v1', 'EnvoyFilter', 'MS4032 own.hbs:4:1'],
    ['security.istio.io/v1', 'AuthorizationPolicy', 'MS4032 own.hbs:4:1'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'MS4032 own.hbs:4:1'],
    ['{{group}}', 'VirtualService', 'MS4032 own.hbs:4:1'],
    ['', 'ConfigMap', 'MS4031 own.hbs:4:1'],
    ['v1', '""', 'MS4031 own.hbs:5:1'],
    ['1', 'ConfigMap', 'MS4031 own.hbs:4:1'],
  ])('T11 keeps routing and security out of templates of the user’s own: %s %s', (apiVersion, kind, finding) => {
    const text = `---\neach: service\n---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: {{name}}\n`;
    const { value, diagnostics } = drawTemplate(templateSet({ 'own.hbs': text }), 'templates/own.hbs', {
      name: leaf('reviews'),
      group: leaf('networking.istio.io/v1beta1'),
    });
    expect(value).toBeUndefined();
    expect(diagnostics.map((diagnostic) => shown({ 'own.hbs': text }, diagnostic))).toEqual([expect.stringContaining(`${finding} `)]);
  });

  it('T11 sees through a list of objects', () => {
    const text =
      '---\neach: service\n---\napiVersion: v1\nkind: List\nmetadata: {name: all}\nitems:\n- {apiVersion: networking.istio.io/v1, kind: VirtualService}\n';
    expect(drawTemplate(templateSet({ 'own.hbs': text }), 'templates/own.hbs', view).diagnostics.map(({ code }) => code)).toEqual([
      'MS4032',
    ]);
  });

  it('T12 has four helpers, each bounded, and no way to add another', () => {
    const set = templateSet();
    expect(Object.keys(set.language.helpers).sort()).toEqual(['each', 'if', 'node', 'unless']);
    expect(Object.keys(set.language.decorators)).toEqual([]);
  });

  it.each([
    ['{{name}}: 1', 'MS4021 own.hbs:9:3 a value is printed where a key stands'],
    ['x:\n  "a-{{name}}": 1', 'MS4021 own.hbs:10:5 a value is printed where a key stands'],
    ['x: {a: {{name}}, {{name}}: 1}', 'MS4021 own.hbs:9:3 a value is printed where a key stands'],
    ['x: 1 # {{name}}', 'MS4022 own.hbs:9:3 a value is printed in a comment'],
    ['# {{name}}\nx: 1', 'MS4022 own.hbs:9:3 a value is printed in a comment'],
    ['x: "{{node list}}"', 'MS4023 own.hbs:9:3 `{{node list}}` stands inside a text'],
    ['x: a-{{node list}}', 'MS4023 own.hbs:9:3 `{{node list}}` stands inside a text'],
    ['x: \uE0000\uE001', 'MS4006'],
    ['x: \u{F0000}', 'MS4006'],
  ])('binds values only where values stand: %s', (lines, finding) => {
    expect(refusal(lines) || drawFindings(lines, view).join('\n')).toContain(finding);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s inside a bound map', (key) => {
    const hostile = JSON.parse(`{"a": [{"${key}": {"x": 1}}]}`);
    expect(drawFindings('x: {{node v}}', { v: leaf(hostile) })).toEqual([`MS4025 own.hbs:9:3 this value holds the key \`${key}\``]);
  });

  it('refuses bound values that nest without end', () => {
    expect(drawFindings('x: {{node v}}', { v: leaf(JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)) })).toEqual([
      expect.stringContaining('MS4026'),
    ]);
  });

  it('reports a loop’s finding once', () => {
    const route = httpRoute({ route: [destination({ host: undefined })] });
    const { diagnostics } = drawTemplate(templateSet(), 'templates/virtual-service.hbs', {
      ...virtualService({}),
      ...metadata('VirtualService'),
      http: Array.from({ length: 200 }, () => route),
    });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'MS4011 `http[0].route[0].host` is printed, but nothing says it here',
    ]);
  });
});
