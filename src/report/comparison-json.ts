import type { NamedComparison } from './comparison-text.ts';
import { visibleJson } from './visible-text.ts';

/** `{version: 1, comparisons: [{title, before, after, traffic, objects: [{id, action, operations}], namespaces?, formatting, notSimulated, assumptions}]}` */
export function renderComparisonsJson(comparisons: readonly NamedComparison[]): string {
  const told = comparisons.map(({ title, before, after, comparison: { traffic, changes, namespaces, ...rest } }) => ({
    ...{ title, before, after, traffic },
    objects: changes.map(({ id, action, operations }) => ({ id, action, operations })),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...rest,
  }));
  return `${visibleJson({ version: 1, comparisons: told })}\n`;
}
