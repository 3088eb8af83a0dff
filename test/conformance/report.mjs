export const say = (line = '') => process.stdout.write(`${line}\n`);

/**
 * Prints items by their message, the most frequent first, each with one place.
 * @param {string} title
 * @param {readonly {message: string, where: string}[]} items
 * @returns how many there are
 */
export function report(title, items) {
  if (items.length === 0) return 0;
  say(`\n${title}: ${items.length}`);
  for (const [message, list] of byKey(items, ({ message: text }) => text))
    say(`  ${String(list.length).padStart(4)} × ${message}\n         ${list[0].where}`);
  return items.length;
}

/** Groups, the largest first. */
export function byKey(items, key) {
  const groups = new Map();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list === undefined) groups.set(key(item), [item]);
    else list.push(item);
  }
  return [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}
