import { closeSync, constants, existsSync, fchmodSync, lstatSync, mkdirSync, openSync, rmdirSync, type Stats } from 'node:fs';
import { errnoOf } from './disk-failure.ts';

/**
 * A folder held open. Its entries are reached through `path`; on Linux that goes by the handle, so that
 * swapping a parent for a symbolic link between check and use leads nowhere else.
 */
export interface OpenFolder {
  readonly handle: number;
  readonly path: string;
}

export type EntryKind = 'file' | 'folder' | 'symlink' | 'special';

const folderMode = 0o755;
const reachByHandle = existsSync('/proc/self/fd');

function open(path: string, flags: number): OpenFolder {
  const handle = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | flags);
  return { handle, path: reachByHandle ? `/proc/self/fd/${handle}` : path };
}

/** Opens a folder that the user named; links on the way to it are the user's own business. */
export function openRoot(path: string): OpenFolder {
  return open(path, 0);
}

/** Opens an entry of a folder; undefined when it is no folder itself, in particular a symbolic link to one. */
export function openInside(folder: OpenFolder, name: string): OpenFolder | undefined {
  try {
    return open(`${folder.path}/${name}`, constants.O_NOFOLLOW);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOTDIR' || errno === 'ELOOP') return undefined;
    throw error;
  }
}

/**
 * The folder at a path beneath one, each step by `step`; what is opened on the way, it too, is put into `opened`, for whoever asks to close.
 * Undefined where something else than a folder is met.
 */
export function openPath(top: OpenFolder, path: string, step: typeof openInside, opened: OpenFolder[]): OpenFolder | undefined {
  let folder = top;
  for (const name of path === '.' ? [] : path.split('/')) {
    const inside = step(folder, name);
    if (inside === undefined) return undefined;
    opened.push(inside);
    folder = inside;
  }
  return folder;
}

export function closeFolder(folder: OpenFolder): void {
  closeSync(folder.handle);
}

/** What stands at a name, itself and not what it links to; undefined when nothing does. */
export function kindAt(folder: OpenFolder, name: string): EntryKind | undefined {
  try {
    return entryKind(lstatSync(`${folder.path}/${name}`));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function entryKind(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'symlink' : 'special';
}

/** Opens an entry, made first where nothing stands, mode 0755 whatever the umask; undefined when something else than a folder stands there. */
export function openOrMake(folder: OpenFolder, name: string): OpenFolder | undefined {
  if (kindAt(folder, name) !== undefined) return openInside(folder, name);
  mkdirSync(`${folder.path}/${name}`, folderMode);
  const made = openInside(folder, name);
  if (made !== undefined) setMode(made);
  return made;
}

function setMode(folder: OpenFolder): void {
  try {
    fchmodSync(folder.handle, folderMode);
  } catch (error) {
    closeFolder(folder);
    throw error;
  }
}

/** Whether the entry was an empty folder, and is gone. */
export function removeEmptyFolder(folder: OpenFolder, name: string): boolean {
  try {
    rmdirSync(`${folder.path}/${name}`);
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOTEMPTY' || errno === 'EEXIST' || errno === 'ENOENT') return false;
    throw error;
  }
}
