import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import type { FileTree, Span } from '../../src/model/source.ts';

export const reviewsPath = 'environments/prod/services/reviews.yaml';

export const reviewsText = `service: reviews
versions: [v1, v2, v3]
stable: v1
canary:
  # ten per cent at most
  percent: 10
  version: v4
pins:
  - {user: jason, version: v2}
`;

export const reviewsTree: FileTree = new Map([[reviewsPath, reviewsText]]);

/** The place of some words in a file of a tree. */
export function placeOf(words: string, tree: FileTree = reviewsTree, file: string = reviewsPath): Span {
  const start = (tree.get(file) ?? '').indexOf(words);
  if (start === -1) throw new Error(`${file} does not contain ${words}`);
  return { file, start, end: start + words.length };
}

export function aDiagnostic(changes: Partial<LocatedDiagnostic> = {}): LocatedDiagnostic {
  return {
    code: 'MS5004',
    name: 'known-subset',
    severity: 'error',
    message: 'subset "v4" of reviews is not declared',
    why: 'Istio cannot find endpoints for an undeclared subset, so every matching request fails.',
    fix: 'Declare the version under `versions:` of the service, or route to a declared one.',
    hints: [],
    related: [],
    ...changes,
  };
}

/** A tree of one file and a finding at some words of it. */
export function findingIn(text: string, words: string, changes: Partial<LocatedDiagnostic> = {}) {
  const tree: FileTree = new Map([[reviewsPath, text]]);
  return { tree, diagnostic: aDiagnostic({ at: placeOf(words, tree), ...changes }) };
}
