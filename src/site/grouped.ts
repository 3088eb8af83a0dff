/** Things by a key, each group in their order. */
export function grouped<K, T>(entries: Iterable<readonly [K, T]>): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const [key, thing] of entries) {
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [thing]);
    else known.push(thing);
  }
  return groups;
}
