/** Changes that may have a say in some requests, by their index. */
export type Cell = readonly number[];

/** Up to here every subset of a cell is looked at. */
export const mostObjects = 12;

/**
 * States, as sets of applied changes, in which every cell shows each of its subsets, small ones first. Changes that no cell has both of are
 * applied together: the states are about as many as those of the largest cell, however many changes there are. Of a cell that is too
 * large those with one or two changes applied, with one or two left, and those in which all of `kindOf` one kind move together.
 */
export function coveringStates(cells: readonly Cell[], kindOf: (change: number) => string): readonly ReadonlySet<number>[] {
  const [whole, large] = [cells.filter(({ length }) => length <= mostObjects), cells.filter(({ length }) => length > mostObjects)];
  const states = batches(whole).flatMap(({ columns }) => {
    const members = new Map<number, number[]>();
    for (const [change, column] of columns) members.set(column, [...(members.get(column) ?? []), change]);
    return subsetsOf([...members.keys()]).map((some) => new Set(some.flatMap((column) => members.get(column) ?? [])));
  });
  const sampled = large.flatMap((cell) => samples(cell, kindOf).map((some) => new Set(some)));
  return [...states, ...sampled];
}

/** The same where changes come one leg after the other: all of those before are applied, none of those after, and of one leg any. */
export function coveringLegs(
  cells: readonly Cell[],
  legs: readonly number[],
  kindOf: (change: number) => string,
): readonly ReadonlySet<number>[] {
  const order = [...new Set(legs)].sort((a, b) => a - b);
  return order.flatMap((leg) => {
    const earlier = legs.flatMap((one, change) => (one < leg ? [change] : []));
    const own = cells.map((cell) => cell.filter((change) => legs[change] === leg));
    return [new Set(earlier), ...coveringStates(own, kindOf).map((some) => new Set([...earlier, ...some]))];
  });
}

interface Batch {
  readonly cells: readonly Cell[];
  /** Changes by column: no cell has two in one. */
  readonly columns: ReadonlyMap<number, number>;
}

/** Cells that are taken through their subsets together. */
function batches(cells: readonly Cell[]): readonly Batch[] {
  const together = { cells, columns: columnsOf(cells) };
  const largest = Math.max(0, ...cells.map(({ length }) => length));
  if (widthOf(together.columns) <= Math.max(largest, roomy)) return [together];
  const made: Batch[] = [];
  for (const cell of [...cells].sort((a, b) => b.length - a.length)) {
    const at = made.findIndex((one) => widthOf(columnsOf([...one.cells, cell])) <= Math.max(widthOf(one.columns), roomy));
    const joined = [...(made[at]?.cells ?? []), cell];
    const batch = { cells: joined, columns: columnsOf(joined) };
    if (at === -1) made.push(batch);
    else made[at] = batch;
  }
  return made;
}

/** So few columns cost next to nothing. */
const roomy = 8;

function widthOf(columns: ReadonlyMap<number, number>): number {
  return Math.max(0, ...[...columns.values()].map((column) => column + 1));
}

/** Greedy: a change gets the first column that none of its cells has taken. */
function columnsOf(cells: readonly Cell[]): ReadonlyMap<number, number> {
  const around = new Map<number, Set<number>>();
  for (const cell of cells) {
    for (const change of cell) {
      const beside = around.get(change) ?? new Set<number>();
      for (const other of cell) beside.add(other);
      around.set(change, beside);
    }
  }
  const columns = new Map<number, number>();
  const order = [...around].sort(([a, one], [b, other]) => other.size - one.size || a - b);
  for (const [change, beside] of order) {
    const taken = new Set([...beside].flatMap((other) => columns.get(other) ?? []));
    let column = 0;
    while (taken.has(column)) column += 1;
    columns.set(change, column);
  }
  return columns;
}

function samples(cell: Cell, kindOf: (change: number) => string): readonly Cell[] {
  const few = [...cell.map((i) => [i]), ...cell.flatMap((i, at) => cell.slice(at + 1).map((j) => [i, j]))];
  const kinds = [...new Set(cell.map(kindOf))].slice(0, mostObjects);
  const together = subsetsOf(kinds).map((some) => cell.filter((i) => some.includes(kindOf(i))));
  return [...few, ...together, ...few.map((some) => cell.filter((i) => !some.includes(i)))];
}

/** All but none and all, small ones first. */
function subsetsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  const masks = Array.from({ length: Math.max(0, 2 ** all.length - 2) }, (_, i) => i + 1);
  return masks.map((mask) => all.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1)).sort((a, b) => a.length - b.length);
}
