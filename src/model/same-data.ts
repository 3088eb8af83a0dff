/**
 * Whether two values are plain data that reads and prints alike: the same members in the same order, throughout. What is one object is
 * not looked into; what is no data, as a function, is only the same as itself.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (a instanceof Map) return b instanceof Map && a.size === b.size && sameItems([...a], [...b]);
  if (a instanceof Set) return b instanceof Set && a.size === b.size && sameItems([...a], [...b]);
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a);
  const others = Object.keys(b);
  if (names.length !== others.length) return false;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i];
    if (name === undefined || name !== others[i] || !sameData(a[name], b[name])) return false;
  }
  return true;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (!sameData(a[i], b[i])) return false;
  return true;
}

/** A record of named members, as literals are. */
export function isPlain(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
}
