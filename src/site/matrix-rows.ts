import { byCodePoint } from '../model/names.ts';
import type { Site, SiteIntent } from '../model/site.ts';

/** A service across the environments of a site. */
export interface MatrixRow {
  readonly id: string;
  readonly name: string;
  /** Where the intents write one. */
  readonly namespace: string;
  /** In the order of the environments; undefined where an environment does not have it. */
  readonly cells: readonly (SiteIntent | undefined)[];
  readonly isMoving: boolean;
  readonly isPinned: boolean;
  readonly warnings: number;
  /** Not everyone gets the same version in every environment, or not every environment has it. */
  readonly differs: boolean;
  /** Everything that a filter looks at, in lower case. */
  readonly text: string;
}

export const matrixOrders = ['name', 'namespace', 'rollouts', 'warnings'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

export const matrixMarks = ['moving', 'pinned', 'warnings', 'differs'] as const;
export type MatrixMark = (typeof matrixMarks)[number];

/** What of the list is shown, and how. */
export interface MatrixChoice {
  readonly filter: string;
  readonly marks: ReadonlySet<MatrixMark>;
  readonly order: MatrixOrder;
}

export const wholeMatrix: MatrixChoice = { filter: '', marks: new Set(), order: 'name' };

export function matrixRows({ environments }: Site): readonly MatrixRow[] {
  const indexes = environments.map(({ intents }) => new Map(intents.map((intent) => [intent.id, intent])));
  const ids = new Set(environments.flatMap(({ intents }) => intents.filter(({ kind }) => kind === 'service').map(({ id }) => id)));
  return [...ids].sort(byCodePoint).map((id): MatrixRow => {
    const cells = indexes.map((index) => index.get(id));
    const there = cells.filter((cell) => cell !== undefined);
    const name = there[0]?.name ?? id;
    const namespace = there[0]?.namespace ?? '';
    const words = [
      name,
      namespace,
      ...there.flatMap(({ versions, hosts }) => [...versions.filter(hasTraffic).map((one) => one.name), ...hosts]),
    ];
    return {
      id,
      name,
      namespace,
      cells,
      isMoving: there.some(isMoving),
      isPinned: there.some(({ pins }) => pins.length > 0),
      warnings: there.reduce((sum, { findings }) => sum + findings.filter(({ severity }) => severity === 'warning').length, 0),
      differs: there.length < cells.length || new Set(there.map(trafficKey)).size > 1,
      text: [...new Set(words)].join(' ').toLowerCase(),
    };
  });
}

/** Whether a version is on its way in or out: all that `rollout status` lists, and canaries without a plan. */
export function isMoving({ rollout, versions }: SiteIntent): boolean {
  return rollout?.isListed === true || versions.some(({ role }) => role === 'canary');
}

function hasTraffic({ percent, mirror = 0 }: { readonly percent: number; readonly mirror?: number }): boolean {
  return percent > 0 || mirror > 0;
}

/** Who gets which version, as a text that is equal where that is: shares, copies, and pins. */
function trafficKey({ versions, pins }: SiteIntent): string {
  return JSON.stringify([
    versions.filter(hasTraffic).map(({ name, percent, mirror = 0 }) => [name, percent, mirror]),
    pins.map(({ who, version }) => [who, version]),
  ]);
}

/** Rows that have every word of a filter and every mark that is asked for, in the order that is. */
export function chosenRows(rows: readonly MatrixRow[], { filter, marks, order }: MatrixChoice): readonly MatrixRow[] {
  return sortedRows(filteredRows(rows, filter, marks), order);
}

function filteredRows(rows: readonly MatrixRow[], filter: string, marks: ReadonlySet<MatrixMark>): readonly MatrixRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => words.every((word) => row.text.includes(word)) && [...marks].every((mark) => isMarked(row, mark)));
}

function isMarked(row: MatrixRow, mark: MatrixMark): boolean {
  switch (mark) {
    case 'moving':
      return row.isMoving;
    case 'pinned':
      return row.isPinned;
    case 'warnings':
      return row.warnings > 0;
    case 'differs':
      return row.differs;
  }
}

/** Those that are equal in an order stay by name. */
function sortedRows(rows: readonly MatrixRow[], order: MatrixOrder): readonly MatrixRow[] {
  const byName = (a: MatrixRow, b: MatrixRow): number => byCodePoint(a.name, b.name) || byCodePoint(a.id, b.id);
  const compare: Readonly<Record<MatrixOrder, (a: MatrixRow, b: MatrixRow) => number>> = {
    name: byName,
    namespace: (a, b) => byCodePoint(a.namespace, b.namespace) || byName(a, b),
    rollouts: (a, b) => Number(b.isMoving) - Number(a.isMoving) || byName(a, b),
    warnings: (a, b) => b.warnings - a.warnings || byName(a, b),
  };
  return rows.toSorted(compare[order]);
}
