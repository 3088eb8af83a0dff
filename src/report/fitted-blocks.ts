/** A part of a text with a limit: whole, or a list of which whole items may be left out. */
export type FittedBlock = readonly string[] | FittedList;

export interface FittedList {
  /** Before the items, where there are any. */
  readonly head: readonly string[];
  /** Each of one or more lines; in order of importance. */
  readonly items: readonly (readonly string[])[];
  readonly tail: readonly string[];
  /** Lists of lower rank get room first. */
  readonly rank: number;
  /** In place of the items that are left out. */
  readonly more: (count: number) => readonly string[];
}

/**
 * The lines of all blocks, within `limit` UTF-16 units when joined by line feeds, as long as what is no item of a list fits by itself.
 * Only whole items are left out: of a list those that do not fit, the rest keeps its order.
 */
export function fittedLines(blocks: readonly FittedBlock[], limit: number): readonly string[] {
  let room = limit - sum(blocks.map((block) => (isList(block) ? reserved(block) : size(block))));
  const kept = new Map<FittedList, ReadonlySet<number>>();
  const lists = blocks.filter(isList).toSorted((a, b) => a.rank - b.rank);
  for (const list of lists) {
    const indexes = new Set<number>();
    for (const [index, item] of list.items.entries()) {
      if (size(item) > room) continue;
      room -= size(item);
      indexes.add(index);
    }
    kept.set(list, indexes);
  }
  return blocks.flatMap((block) => (isList(block) ? linesOf(block, kept.get(block) ?? new Set()) : block));
}

function linesOf({ head, items, tail, more }: FittedList, kept: ReadonlySet<number>): readonly string[] {
  if (items.length === 0) return [];
  const left = items.length - kept.size;
  const shown = items.filter((_, index) => kept.has(index)).flat();
  return [...(shown.length === 0 ? [] : [...head, ...shown, ...tail]), ...(left === 0 ? [] : more(left))];
}

/** What a list takes whatever is left out of it. */
function reserved({ head, items, tail, more }: FittedList): number {
  return items.length === 0 ? 0 : size(head) + size(tail) + size(more(items.length));
}

function size(lines: readonly string[]): number {
  return sum(lines.map((line) => line.length + 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function isList(block: FittedBlock): block is FittedList {
  return 'items' in block;
}
