import { it } from 'vitest';
import { createTemplateSet } from '../../src/expand/template-set.ts';
import { drawTemplate } from '../../src/expand/draw-template.ts';
import { builtinTemplates } from './read-templates.ts';
import { destination, httpRoute, leaf, virtualService, written } from './views.ts';
it('x', () => {
  const s = createTemplateSet(builtinTemplates, new Map());
  console.log(s.diagnostics);
  const view = (n: string) => virtualService({ hosts: [leaf(n)], http: [httpRoute({ match: written([{ headers: { 'end-user': { exact: 'jason' } } }], '/pins/0'), timeout: leaf('5s'), route: [destination({ subset: leaf('v2'), weight: leaf(10), port: leaf(9080) }), destination({ host: leaf(n), weight: leaf(90) })] }), httpRoute({ name: leaf('b'), delegate: { name: leaf('q'), namespace: undefined } })] });
  const r = drawTemplate(s.value!, 'templates/virtual-service.hbs', view('a'));
  console.log(JSON.stringify(r.value?.body, null, 1), r.value?.provenance.slots, r.diagnostics);
  const views = Array.from({ length: 20000 }, (_, i) => view(`h${i}`));
  for (let k = 0; k < 5; k++) { const t = performance.now(); for (const v of views) drawTemplate(s.value!, 'templates/virtual-service.hbs', v); console.log((performance.now() - t) / views.length * 1000, 'us', r.value!.provenance.values.length); }
});
