/** A part of a text with a limit: whole, or a list of which whole items may be left out. */
export type FittedBlock = readonly string[] | FittedList;

export interface FittedList {
  /** Before the items, where there are any. */
  readonly head: readonly string[];
  /** Each of one or more lines; in order of importance. */
  readonly items: readonly (readonly string[])[];
  readonly tail: readonly string[];
  /** Items of lower rank get room first: one rank for all of them, or for the item of an index. */
  readonly rank: number | ((index: number) => number);
  /** In place of the items that are left out: how many, and their indexes. Of fewer items it is hardly longer. */
  readonly more: (count: number, left: readonly number[]) => readonly string[];
}

/**
 * The lines of all blocks, within `limit` UTF-16 units when joined by line feeds, as long as what is no item of a list fits by itself.
 * Only whole items are left out: of a list those that do not fit, the rest keeps its order.
 */
export function fittedLines(blocks: readonly FittedBlock[], limit: number): readonly string[] {
  let room = limit - sum(blocks.map((block) => (isList(block) ? reserved(block) : size(block))));
  const kept = new Map(blocks.filter(isList).map((list) => [list, new Set<number>()]));
  const ranked = [...kept].flatMap(([{ items, rank }, indexes]) =>
    items.map((item, index) => ({ item, index, indexes, rank: typeof rank === 'number' ? rank : rank(index) })),
  );
  for (const { item, index, indexes } of ranked.toSorted((a, b) => a.rank - b.rank)) {
    if (size(item) > room) continue;
    room -= size(item);
    indexes.add(index);
  }
  return blocks.flatMap((block) => (isList(block) ? linesOf(block, kept.get(block) ?? new Set()) : block));
}

function linesOf({ head, items, tail, more }: FittedList, kept: ReadonlySet<number>): readonly string[] {
  if (items.length === 0) return [];
  const left = [...items.keys()].filter((index) => !kept.has(index));
  const shown = items.filter((_, index) => kept.has(index)).flat();
  return [...(shown.length === 0 ? [] : [...head, ...shown, ...tail]), ...(left.length === 0 ? [] : more(left.length, left))];
}

/** Of numbers in words, which may be longer for fewer items: `100 %`, but `33.33 %`. */
const slack = 16;

/** What a list takes whatever is left out of it. */
function reserved({ head, items, tail, more }: FittedList): number {
  return items.length === 0 ? 0 : size(head) + size(tail) + size(more(items.length, [...items.keys()])) + slack;
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
