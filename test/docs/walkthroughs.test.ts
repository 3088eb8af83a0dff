import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replay, run } from './replay.ts';

const root = process.cwd();

/** Nothing is there yet. */
function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mainsheet-docs-'));
}

/** This repository as someone finds it who has just cloned it. */
function clone(): string {
  const folder = emptyFolder();
  cpSync(join(root, 'environments'), join(folder, 'environments'), { recursive: true });
  run('mainsheet render && git init -q && git add -A && git commit -q -m begin', folder);
  return folder;
}

/** The same, cloned from a repository in a folder beside it. */
function cloneOfFolder(): string {
  const remote = join(clone(), '.git');
  const top = emptyFolder();
  run(`git -C ${remote} branch -m main && git clone -q --bare ${remote} bookinfo.git && git clone -q bookinfo.git work`, top);
  return join(top, 'work');
}

// A page that no longer tells the truth is repaired with UPDATE_GOLDEN=1, and reviewed as a diff.
test.each([
  ['README.md', clone],
  ['docs/tutorial.md', emptyFolder],
  ['docs/concepts.md', clone],
  ['docs/tests.md', clone],
  ['docs/phases.md', clone],
  ['docs/sticky.md', clone],
  ['docs/consumers.md', clone],
  ['docs/checking.md', emptyFolder],
  ['docs/ci.md', clone],
  ['docs/propose.md', cloneOfFolder],
  ['docs/rollouts.md', cloneOfFolder],
])(
  '%s shows what really happens',
  (path, begin) => {
    const page = readFileSync(join(root, path), 'utf8');
    const replayed = replay(page, begin());
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(join(root, path), replayed);
    else expect(page).toBe(replayed);
  },
  300_000,
);
