import { fstatSync, lstatSync, mkdtempSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './disk-failure.ts';
import { closeFolder, type OpenFolder, openInside, openRoot, removeEmptyFolder } from './open-folder.ts';

const anHour = 3_600_000;

/**
 * Lets `work` use a folder of its own beneath `above`, and removes it. Runs that were killed leave theirs: whoever makes one removes those of the
 * same user that nobody has written to for an hour, which no commit takes, and in which nothing stands but what `isOwn` names.
 */
export async function withTemporaryFolder<T>(
  above: string,
  isOwn: (name: string) => boolean,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(above, 'mainsheet-'));
  try {
    quietly(() => removeStale(above, folder, isOwn));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function removeStale(above: string, own: string, isOwn: (name: string) => boolean): void {
  const root = openRoot(above);
  try {
    const { mtimeMs: now, uid } = lstatSync(own);
    for (const name of readdirSync(root.path).filter((one) => /^mainsheet-[A-Za-z0-9]{6}$/.test(one)))
      quietly(() => {
        if (isEmptied(root, name, uid, now - anHour, isOwn)) removeEmptyFolder(root, name);
      });
  } finally {
    closeFolder(root);
  }
}

/** Everyone may write where temporary folders are: what is looked at is held open, so that it can't be swapped for a link meanwhile, and none is followed. */
function isEmptied(root: OpenFolder, name: string, uid: number, before: number, isOwn: (name: string) => boolean): boolean {
  const folder = openInside(root, name);
  if (folder === undefined) return false;
  try {
    const { uid: owner, mtimeMs } = fstatSync(folder.handle);
    const files = readdirSync(folder.path);
    if (owner !== uid || mtimeMs > before || !files.every(isOwn)) return false;
    for (const file of files) unlinkSync(`${folder.path}/${file}`);
    return true;
  } finally {
    closeFolder(folder);
  }
}

/** What others have left is in nobody's way: what can't be removed stays. */
function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
