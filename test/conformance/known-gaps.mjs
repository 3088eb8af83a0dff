import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, 'known-gaps.txt');

/**
 * Cases at the edge that the compiler accepts and Istio refuses, against those that known-gaps.txt names: the list may only shrink.
 * @param {{ refused: ReadonlySet<string>, cases: ReadonlySet<string>, whole: boolean }} run names of the cases that Istio refuses, of all
 *   cases of this run, and whether these are all there are
 * @returns {{ fresh: string[], stale: string[] }} cases that the list lacks, and lines that hold no longer
 */
export function compareGaps({ refused, cases, whole }) {
  const listed = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const stale = listed.filter((name) => (cases.has(name) ? !refused.has(name) : whole));
  return { fresh: [...refused].filter((name) => !listed.includes(name)).sort(), stale };
}
