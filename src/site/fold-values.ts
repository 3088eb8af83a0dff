import type { Json } from '../model/json.ts';
import { createNodeTable } from './node-table.ts';

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
   * references. A reference is the index of a node before, or, of a scalar with index i, −i−1.
   */
  readonly nodes: readonly number[];
  /** The reference of the whole. */
  readonly root: number;
}

type Scalar = string | number | boolean | null;

/** Folds plain data. What is undefined in an object is absent. */
export function foldValues(value: unknown): FoldedValues {
  const scalars = new Map<Scalar, number>();
  const shapes = new Map<string, number>();
  const shapeKeys: (readonly number[])[] = [];
  const table = createNodeTable();
  const seen = new Map<unknown, number>();
  const indexOf = (scalar: Scalar): number => {
    const index = scalars.get(scalar) ?? scalars.size;
    scalars.set(scalar, index);
    return index;
  };
  const shapeOf = (names: readonly string[]): number => {
    const key = JSON.stringify(names);
    const shape = shapes.get(key) ?? shapeKeys.push(names.map(indexOf)) - 1;
    shapes.set(key, shape);
    return shape;
  };
  const fold = (one: unknown): number => {
    if (!isObject(one)) return -indexOf(scalarOf(one)) - 1;
    const before = seen.get(one);
    if (before !== undefined) return before;
    const reference = Array.isArray(one) ? table.put(-one.length - 1, one.map(fold)) : foldObject(one);
    seen.set(one, reference);
    return reference;
  };
  const foldObject = (object: object): number => {
    const entries = Object.entries(object).filter(([, item]) => item !== undefined);
    return table.put(
      shapeOf(entries.map(([name]) => name)),
      entries.map(([, item]) => fold(item)),
    );
  };
  const root = fold(value);
  return { scalars: [...scalars.keys()], shapes: shapeKeys, nodes: table.nodes, root };
}

/** What JSON can't say is null, as JSON has it. */
function scalarOf(value: unknown): Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The same values again; what was one stays one object. `show` may change the texts, but not the keys. */
export function unfoldValues({ scalars, shapes, nodes, root }: FoldedValues, show: (text: string) => string = (text) => text): Json {
  const shown = scalars.map((scalar) => (typeof scalar === 'string' ? show(scalar) : scalar));
  const keys = shapes.map((shape) => shape.map((key) => String(scalars[key])));
  const values: Json[] = [];
  const at = (reference = -1): Json => (reference < 0 ? shown[-reference - 1] : values[reference]) ?? null;
  for (let start = 0; start < nodes.length; ) {
    const head = nodes[start] ?? -1;
    const first = start + 1;
    if (head < 0) {
      const length = -head - 1;
      values.push(Array.from({ length }, (_, i) => at(nodes[first + i])));
      start = first + length;
    } else {
      const names = keys[head] ?? [];
      values.push(Object.fromEntries(names.map((name, i) => [name, at(nodes[first + i])])));
      start = first + names.length;
    }
  }
  return at(root);
}
