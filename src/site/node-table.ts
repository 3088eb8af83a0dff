/** Nodes of numbers, each kept once. */
export interface NodeTable {
  /** One node behind the other, each as its head and then its references. */
  readonly nodes: readonly number[];
  /** The index of a node, which is kept if it is new. Nodes with the same head are equally long. */
  readonly put: (head: number, references: readonly number[]) => number;
}

/** An open hash table over the nodes themselves: of hundreds of thousands, texts for keys would cost more than all else. */
export function createNodeTable(): NodeTable {
  const nodes: number[] = [];
  const starts: number[] = [];
  let slots = new Int32Array(1 << 12).fill(-1);
  const isAt = (start: number, head: number, references: readonly number[]): boolean => {
    if (nodes[start] !== head) return false;
    for (let i = 0; i < references.length; i += 1) if (nodes[start + 1 + i] !== references[i]) return false;
    return true;
  };
  /** The slot that holds the node, or the free one that it goes to. */
  const slotOf = (head: number, references: readonly number[]): number => {
    let hash = Math.imul(head, 0x9e3779b1);
    for (const reference of references) hash = Math.imul(hash ^ reference, 0x85ebca6b) ^ (hash >>> 13);
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (let known = slots[slot]; known !== undefined && known !== -1 && !isAt(starts[known] ?? 0, head, references); known = slots[slot])
      slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (const [index, start] of starts.entries()) {
      const end = starts[index + 1] ?? nodes.length;
      slots[slotOf(nodes[start] ?? 0, nodes.slice(start + 1, end))] = index;
    }
  };
  return {
    nodes,
    put: (head, references) => {
      const slot = slotOf(head, references);
      const known = slots[slot] ?? -1;
      if (known !== -1) return known;
      const index = starts.push(nodes.length) - 1;
      nodes.push(head);
      // One by one: a list may be longer than a call takes arguments.
      for (const reference of references) nodes.push(reference);
      slots[slot] = index;
      if (starts.length * 2 > slots.length) grow();
      return index;
    },
  };
}
