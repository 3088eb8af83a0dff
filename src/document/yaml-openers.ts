import type { CST } from 'yaml';

/** A bracket or quote that opens a value, and where the value ends. */
export interface Opener {
  readonly character: string;
  readonly start: number;
  /** Behind its closing character; where that is missing, behind all that was read as part of it. */
  readonly end: number;
  readonly closed: boolean;
}

const closers: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" };

/** What closes a bracket or quote. */
export function closerOf(character: string): string {
  return closers[character] ?? character;
}

/** The brackets and quotes of a text in the order in which they open. */
export function findOpeners(tokens: readonly CST.Token[]): readonly Opener[] {
  const found: Opener[] = [];
  for (const token of tokens) if (token.type === 'document') visit(token.value, found);
  return found.sort((a, b) => a.start - b.start);
}

// Nesting has been limited before anyone asks for openers, so recursion is bounded.
function visit(token: CST.Token | null | undefined, found: Opener[]): number {
  switch (token?.type) {
    case 'single-quoted-scalar':
    case 'double-quoted-scalar': {
      const { offset, source } = token;
      const character = source.charAt(0);
      const end = offset + source.length;
      found.push({ character, start: offset, end, closed: source.length > 1 && source.endsWith(character) });
      return end;
    }
    case 'flow-collection': {
      const { start, items, end: last } = token;
      const inside = visitItems(items, found, start.offset + 1);
      const [closer] = last;
      const closed = closer?.source === closerOf(start.source);
      found.push({ character: start.source, start: start.offset, end: closed ? closer.offset + 1 : inside, closed });
      return closed ? closer.offset + 1 : inside;
    }
    case 'block-map':
    case 'block-seq':
      return visitItems(token.items, found, token.offset);
    default:
      return token === null || token === undefined ? 0 : token.offset + ('source' in token ? token.source.length : 0);
  }
}

function visitItems(items: readonly CST.CollectionItem[], found: Opener[], from: number): number {
  return items.reduce((end, { key, value }) => Math.max(end, visit(key, found), visit(value, found)), from);
}
