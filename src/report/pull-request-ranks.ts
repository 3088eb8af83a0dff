/**
 * What gets room first in a body with a limit. Rows that repeat what a headline has said never take the place of what a reviewer has to know:
 * how it is safe, what is deleted, the largest moves, and then what the files become.
 */
export const ranks = {
  safety: 0,
  deletions: 1,
  traffic: 2,
  warnings: 3,
  objects: 4,
  inputs: 5,
  differences: 6,
  background: 7,
  rest: 8,
} as const;

/** Rows of a table, or of a list, that get their room before the differences of manifests do; others take what is left in the end. */
export const mostRows = 50;
