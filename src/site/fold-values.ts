import type { Json } from '../model/json.ts';

/**
 * Values in which each text, number, list and object stands once, however often it is used: environments that say the same cost nothing.
 * Deterministic, which compressed bytes are not from one release of Node to another; servers compress pages by themselves.
 */
export interface FoldedValues {
  /** Texts, numbers, booleans and null. */
  readonly scalars: readonly Scalar[];
  /** Lists of keys, each an index of a scalar. */
  readonly shapes: readonly (readonly number[])[];
  /**
   * One node behind the other: an object is its shape's index and then a reference for each key; a list of n items is −n−1 and then their
   * references. A reference is an index of `scalars`, or, from there on, of a node before.
   */
  readonly nodes: readonly number[];
  /** The reference of the whole. */
  readonly root: number;
}

type Scalar = string | number | boolean | null;

/** Folds plain data. What is undefined in an object is absent. */
export function foldValues(value: unknown): FoldedValues {
  const scalars = scalarsIn(value);
  const shapes = new Map<string, number>();
  const shapeKeys: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const seen = new Map<unknown, number>();
  const nodes: number[] = [];
  const node = (head: number, references: readonly number[]): number => {
    const key = `${head}:${references.join()}`;
    const same = known.get(key);
    if (same !== undefined) return same;
    nodes.push(head, ...references);
    const reference = scalars.size + known.size;
    known.set(key, reference);
    return reference;
  };
  const shapeOf = (names: readonly number[]): number => {
    const key = names.join();
    const shape = shapes.get(key) ?? shapeKeys.push(names) - 1;
    shapes.set(key, shape);
    return shape;
  };
  const fold = (one: unknown): number => {
    if (isScalar(one)) return scalars.get(one) ?? 0;
    const before = seen.get(one);
    if (before !== undefined) return before;
    const entries = Array.isArray(one) ? undefined : entriesOf(one);
    const reference =
      entries === undefined
        ? node(-itemsOf(one).length - 1, itemsOf(one).map(fold))
        : node(
            shapeOf(entries.map(([key]) => scalars.get(key) ?? 0)),
            entries.map(([, item]) => fold(item)),
          );
    seen.set(one, reference);
    return reference;
  };
  const root = fold(value);
  return { scalars: [...scalars.keys()], shapes: shapeKeys, nodes, root };
}

function isScalar(value: unknown): value is Scalar {
  return typeof value !== 'object' || value === null;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value !== 'object' || value === null ? [] : Object.entries(value).filter(([, item]) => item !== undefined);
}

/** Each once, by when it is met. */
function scalarsIn(value: unknown): ReadonlyMap<Scalar, number> {
  const scalars = new Map<Scalar, number>();
  const seen = new Set<unknown>();
  const put = (scalar: Scalar): void => {
    if (!scalars.has(scalar)) scalars.set(scalar, scalars.size);
  };
  const walk = (one: unknown): void => {
    if (isScalar(one)) put(one);
    else if (!seen.has(one)) {
      seen.add(one);
      for (const item of itemsOf(one)) walk(item);
      for (const [key, item] of Array.isArray(one) ? [] : entriesOf(one)) {
        put(key);
        walk(item);
      }
    }
  };
  walk(value);
  return scalars;
}

/** The same values again; what was one stays one object. `show` may change the texts, but not the keys. */
export function unfoldValues({ scalars, shapes, nodes, root }: FoldedValues, show: (text: string) => string = (text) => text): Json {
  const values: Json[] = scalars.map((scalar) => (typeof scalar === 'string' ? show(scalar) : scalar));
  const keys = shapes.map((shape) => shape.map((key) => String(scalars[key])));
  for (let at = 0; at < nodes.length; ) {
    const head = nodes[at] ?? -1;
    const first = at + 1;
    if (head < 0) {
      const length = -head - 1;
      values.push(Array.from({ length }, (_, i) => values[nodes[first + i] ?? 0] ?? null));
      at = first + length;
    } else {
      const names = keys[head] ?? [];
      values.push(Object.fromEntries(names.map((name, i) => [name, values[nodes[first + i] ?? 0] ?? null])));
      at = first + names.length;
    }
  }
  return values[root] ?? null;
}
