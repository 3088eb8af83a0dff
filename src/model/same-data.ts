/**
 * Whether two values are plain data that reads and prints alike: the same members in the same order, throughout. What is one object is
 * not looked into.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isCompound(a) || !isCompound(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  const others = Object.keys(b);
  if (names.length !== others.length) return false;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i];
    if (name === undefined || name !== others[i] || !sameData(a[name], b[name])) return false;
  }
  return true;
}

function isCompound(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
