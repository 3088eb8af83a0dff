import { readdirSync } from 'node:fs';
import { byCodePoint } from '../model/names.ts';
import type { RepoPath } from '../model/source.ts';
import type { DiskTask } from './disk-failure.ts';
import { closeFolder, type EntryKind, entryKind, type OpenFolder, openInside } from './open-folder.ts';

export interface Entry {
  readonly path: RepoPath;
  readonly name: string;
  readonly kind: EntryKind | 'too-deep';
  /** Holds the entry; open only until the next entry is asked for. */
  readonly folder: OpenFolder;
}

/** Deeper folders are not entered: each level of the walk holds one file descriptor. */
export const depthLimit = 32;

/** Everything beneath a folder, in an order that does not depend on the file system, except git's own folders, which are never anyone's input or output. */
export function* walkFolder(folder: OpenFolder, path: RepoPath, task: DiskTask, depth = 0): Generator<Entry, void, undefined> {
  task.path = path === '' ? '.' : path;
  for (const found of readdirSync(folder.path, { withFileTypes: true }).sort((a, b) => byCodePoint(a.name, b.name))) {
    const { name } = found;
    if (name === '.git') continue;
    const entry = { path: path === '' ? name : `${path}/${name}`, name, folder };
    const kind = entryKind(found);
    if (kind === 'folder') yield* enter(entry, task, depth + 1);
    else yield { ...entry, kind };
  }
}

function* enter(entry: Omit<Entry, 'kind'>, task: DiskTask, depth: number): Generator<Entry, void, undefined> {
  if (depth > depthLimit) return yield { ...entry, kind: 'too-deep' };
  task.path = entry.path;
  const inside = openInside(entry.folder, entry.name);
  if (inside === undefined) return yield { ...entry, kind: 'symlink' };
  try {
    yield { ...entry, kind: 'folder' };
    yield* walkFolder(inside, entry.path, task, depth);
  } finally {
    closeFolder(inside);
  }
}
