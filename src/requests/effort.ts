/** How much may still be tried, by all searches that share it, before the answer is "undecided": conditions looked at, letters read. */
export interface Effort {
  left: number;
}

/** Enough for any pattern that people write, and over in a fraction of a second. */
export function someEffort(steps = 300_000): Effort {
  return { left: steps };
}

/** A value of some kind that is wanted, that none exists, or that neither is known. */
export type Solution<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly because: string };

export const none = { kind: 'none' } as const;

export function found<T>(value: T): Solution<T> {
  return { kind: 'found', value };
}
