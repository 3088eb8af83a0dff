import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { replay } from './replay.ts';

/** A page that no longer tells the truth is repaired with UPDATE_GOLDEN=1, and reviewed as a diff. */
export function showsWhatHappens(path: string, begin: () => string): void {
  const file = join(process.cwd(), path);
  const page = readFileSync(file, 'utf8');
  const replayed = replay(page, begin());
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, replayed);
  else expect(page).toBe(replayed);
}
