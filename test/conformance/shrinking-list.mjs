import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is found, against a list of what is known not to be right yet: the list may only shrink.
 * @param {string} file in this folder, one line for each
 * @param {{ found: ReadonlySet<string>, looked: (line: string) => boolean }} run what is wrong, and whether this run would have come upon a line
 * @returns {{ fresh: string[], stale: string[] }} what the list lacks, and lines that hold no longer
 */
export function compareWithList(file, { found, looked }) {
  const listed = readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return {
    fresh: [...found].filter((line) => !listed.includes(line)).sort(),
    stale: listed.filter((line) => !found.has(line) && looked(line)),
  };
}
