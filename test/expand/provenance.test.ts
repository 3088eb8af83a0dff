import { describe, expect, it } from 'vitest';
import { drawTemplate } from '../../src/expand/draw-template.ts';
import { originAt, slotAt } from '../../src/model/manifest.ts';
import { valueAt } from '../../src/model/pointer.ts';
import { own, templateSet } from './template-sets.ts';
import { destination, httpRoute, leaf, virtualService, written } from './views.ts';

const view = virtualService({
  hosts: [written('reviews', '/service')],
  http: [
    httpRoute({
      match: written([{ headers: { 'end-user': { exact: 'jason' } } }], '/pins/0/match'),
      route: [destination({ host: written('reviews', '/service'), subset: written('v2', '/pins/0/version') })],
    }),
    httpRoute({
      route: [
        destination({ host: written('reviews', '/service'), subset: written('v1', '/stable'), weight: written(100, '/canary/percent') }),
      ],
    }),
  ],
});

function drawn() {
  const { value } = drawTemplate(templateSet(), 'templates/virtual-service.hbs', view);
  if (value === undefined) throw new Error('not drawn');
  return value;
}

describe('provenance', () => {
  it.each([
    ['/spec/hosts/0', 'virtual-service.hbs', 8, '/service'],
    ['/spec/http/0/match', 'partials/http-route.hbs', 5, '/pins/0/match'],
    ['/spec/http/0/match/0/headers', 'partials/http-route.hbs', 5, '/pins/0/match/0/headers'],
    ['/spec/http/0/route/0/destination/subset', 'partials/destination.hbs', 4, '/pins/0/version'],
    ['/spec/http/1/route/0/destination/subset', 'partials/destination.hbs', 4, '/stable'],
    ['/spec/http/1/route/0/weight', 'partials/destination.hbs', 11, '/canary/percent'],
  ])('knows the template line and the words behind %s', (pointer, template, line, words) => {
    const { provenance } = drawn();
    expect(slotAt(provenance, pointer)).toMatchObject({ template: `templates/${template}`, line });
    expect(originAt(provenance, pointer)?.at?.pointer).toBe(words);
  });

  it('has a slot for every place, those of literals without values', () => {
    const { body, provenance } = drawn();
    for (const { pointer } of provenance.slots) expect(valueAt(body, pointer)).toBeDefined();
    expect(provenance.slots.filter(({ pointer }) => ['', '/kind', '/spec', '/spec/http'].includes(pointer))).toEqual([
      { pointer: '', template: 'templates/virtual-service.hbs', line: 1, values: [] },
      { pointer: '/kind', template: 'templates/virtual-service.hbs', line: 2, values: [] },
      { pointer: '/spec', template: 'templates/virtual-service.hbs', line: 4, values: [] },
      { pointer: '/spec/http', template: 'templates/virtual-service.hbs', line: 24, values: [] },
    ]);
  });

  it('is shared between documents of one shape, values apart', () => {
    const set = templateSet();
    const [a, b] = ['a', 'b'].map(
      (host) => drawTemplate(set, 'templates/virtual-service.hbs', virtualService({ hosts: [leaf(host)] })).value,
    );
    expect(a?.provenance.slots).toBe(b?.provenance.slots);
    expect([a?.body.spec, b?.body.spec]).toEqual([{ hosts: ['a'] }, { hosts: ['b'] }]);
    expect(a?.body.spec).not.toBe(b?.body.spec);
  });

  it('lists all values of a text, and each item of a list drawn whole', () => {
    const set = templateSet({ 'own.hbs': own('x: {{a}}-{{b}}\nz: {{node l}}') });
    const { value } = drawTemplate(set, 'templates/own.hbs', {
      b: leaf('B'),
      a: leaf('A'),
      l: [written('p', '/l/0'), written('q', '/l/1')],
    });
    if (value === undefined) throw new Error('not drawn');
    const slot = slotAt(value.provenance, '/data/x');
    expect(slot?.values.map((index) => value.provenance.values[index]?.value)).toEqual(['A', 'B']);
    expect(slot?.line).toBe(9);
    expect(originAt(value.provenance, '/data/z/1')?.at?.pointer).toBe('/l/1');
  });

  it('leads findings about what a template prints to its line, and to the words behind it', () => {
    const set = templateSet({ 'own.hbs': own('x: {{a}}') });
    const { diagnostics } = drawTemplate(set, 'templates/own.hbs', { a: written({ b: 1 }, '/host') });
    expect(diagnostics).toMatchObject([
      { code: 'MS4024', at: { file: 'templates/own.hbs' }, related: [{ message: 'what it prints is a map', at: { pointer: '/host' } }] },
    ]);
  });

  it('does not depend on what was drawn before', () => {
    const set = templateSet();
    const views = [
      view,
      virtualService({ hosts: [leaf('a')] }),
      virtualService({ hosts: [leaf('a'), leaf('b')], http: [httpRoute({})] }),
      view,
    ];
    const fresh = views.map((each) => drawTemplate(templateSet(), 'templates/virtual-service.hbs', each));
    for (const order of [views, views])
      expect(order.map((each) => drawTemplate(set, 'templates/virtual-service.hbs', each))).toEqual(fresh);
  });
});
