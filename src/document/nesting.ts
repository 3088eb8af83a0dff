import type { CST } from 'yaml';

/** Where a token begins, as far as findings about nesting need it. */
export interface NestedPlace {
  readonly offset: number;
  readonly indent: number;
}

/** The first map or list that stands deeper than `limit` levels. Keeps its own stack: the text decides how deep it goes, not ours. */
export function firstBeyond(root: CST.Token | undefined, limit: number): NestedPlace | undefined {
  const waiting: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = [{ token: root, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (token?.type !== 'block-map' && token?.type !== 'block-seq' && token?.type !== 'flow-collection') continue;
    if (depth > limit) return { offset: token.offset, indent: token.indent };
    for (let i = token.items.length - 1; i >= 0; i -= 1) {
      const item = token.items[i];
      waiting.push({ token: item?.value, depth: depth + 1 }, { token: item?.key, depth: depth + 1 });
    }
  }
  return undefined;
}
