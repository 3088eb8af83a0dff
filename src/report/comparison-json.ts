import type { NamedComparison } from './comparison-text.ts';
import { visibleJson } from './visible-text.ts';

/** `{version: 1, comparisons: [{title, before, after, traffic, objects: [{id, action, operations}], namespaces?, formatting, notSimulated, assumptions}]}` */
export function renderComparisonsJson(comparisons: readonly NamedComparison[]): string {
  return `${visibleJson({ version: 1, comparisons: comparisons.map(comparisonJson) })}\n`;
}

/** One of them, for a document that holds more. */
export function comparisonJson({ title, before, after, comparison }: NamedComparison) {
  const { traffic, changes, namespaces, ...rest } = comparison;
  return {
    ...{ title, before, after, traffic },
    objects: changes.map(({ id, action, operations }) => ({ id, action, operations })),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...rest,
  };
}
