import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The folder a command works in: the nearest one, from `start` upwards, that holds `mainsheet.yaml` or `environments/`.
 * The root of a git repository is the last one asked; where none answers, `start` itself.
 */
export function findRoot(start: string): string {
  const first = resolve(start);
  for (let folder = first; ; folder = dirname(folder)) {
    if (exists(join(folder, 'mainsheet.yaml')) || isFolder(join(folder, 'environments'))) return folder;
    if (exists(join(folder, '.git')) || dirname(folder) === folder) return first;
  }
}

function exists(path: string): boolean {
  return stat(path) !== undefined;
}

function isFolder(path: string): boolean {
  return stat(path)?.isDirectory() === true;
}

/** What cannot be looked at counts as absent: reading it later says why. */
function stat(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
