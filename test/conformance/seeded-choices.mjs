/**
 * Choices that a seed decides, so that a failing case can be made again (mulberry32).
 * @param {number} seed
 */
export function seededChoices(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  const chance = (share) => next() < share;
  /** Distinct items, in the order of the list. */
  const some = (list, from, to) => {
    const count = Math.min(list.length, from + below(to - from + 1));
    const chosen = new Set();
    while (chosen.size < count) chosen.add(below(list.length));
    return list.filter((_, index) => chosen.has(index));
  };
  /** An object of which each entry is there with its share; entries are [share, () => value]. */
  const maybe = (entries) => {
    const object = {};
    for (const [key, [share, value]] of Object.entries(entries)) if (chance(share)) object[key] = value();
    return object;
  };
  return { below, pick, chance, some, maybe };
}
