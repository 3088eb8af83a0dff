import type { Diagnostic } from '../model/diagnostic.ts';
import { byCodePoint } from '../model/names.ts';
import { pathFault, showPath } from '../model/path-rules.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { type DiskTask, diskFailure } from './disk-failure.ts';
import { illegalInputPath } from './input-diagnostics.ts';
import { closeFolder, kindAt, type OpenFolder, openInside, openRoot } from './open-folder.ts';
import { findingAt, type Reading, type ReadLimits, readInput } from './read-input.ts';
import { type Entry, walkFolder } from './walk-folder.ts';

export const defaultLimits: ReadLimits = { fileBytes: 256 * 1024, files: 50_000, totalBytes: 256 * 1024 * 1024 };

/**
 * The accepted files in the named folders (or files) below `root`, sorted by path, each text as it stands on disk, byte order mark included.
 * A name with nothing behind it yields nothing; '.' is `root` itself.
 * Errors: symbolic links, pipes and devices, illegal or colliding names, sizes above `limits`, text that is not UTF-8, failures of the disk.
 */
export function readTree(
  root: string,
  folders: readonly RepoPath[],
  accept: (path: RepoPath) => boolean,
  limits: ReadLimits = defaultLimits,
): Result<FileTree> {
  const task: DiskTask = { action: 'read', path: '.' };
  const reading: Reading = { accept, limits, task, texts: new Map(), spellings: new Map(), bytes: 0, full: false };
  const findings: Diagnostic[] = [];
  try {
    const folder = openRoot(root);
    try {
      for (const path of outermost(folders)) for (const finding of readNamed(reading, folder, path)) findings.push(finding);
    } finally {
      closeFolder(folder);
    }
  } catch (error) {
    findings.push(diskFailure(error, task));
  }
  return result(new Map([...reading.texts].sort(([a], [b]) => byCodePoint(a, b))), findings);
}

/** Each folder once, without those that lie in another. */
function outermost(folders: readonly RepoPath[]): readonly RepoPath[] {
  const unique = [...new Set(folders.map((path) => path.replace(/(?<=.)\/+$/, '')))];
  return unique.filter((path) => path === '.' || !unique.some((other) => other === '.' || path.startsWith(`${other}/`)));
}

/** Reads what one name leads to; the findings come as they are found. */
function* readNamed(reading: Reading, root: OpenFolder, path: RepoPath): Generator<Diagnostic, void, undefined> {
  const reason = path === '.' ? undefined : pathFault(path);
  if (reason !== undefined) return yield findingAt(path, illegalInputPath, { path: showPath(path), reason });
  const opened: OpenFolder[] = [];
  try {
    for (const entry of entriesAt(reading.task, root, path, opened)) {
      if (reading.full) return;
      const finding = readInput(reading, entry);
      if (finding !== undefined) yield finding;
    }
  } finally {
    for (const folder of opened) closeFolder(folder);
  }
}

/** Everything in the folder at `path`, or the file there, or the link on the way to it. */
function* entriesAt(task: DiskTask, root: OpenFolder, path: RepoPath, opened: OpenFolder[]): Generator<Entry, void, undefined> {
  const names = path === '.' ? [] : path.split('/');
  let folder = root;
  let here = '';
  for (const name of names) {
    here = here === '' ? name : `${here}/${name}`;
    task.path = here;
    const kind = kindAt(folder, name);
    const inside = kind === 'folder' ? openInside(folder, name) : undefined;
    if (inside === undefined) {
      const entry = { path: here, name, folder };
      if (kind === 'symlink' || kind === 'folder') yield { ...entry, kind: 'symlink' };
      else if (kind !== undefined && here === path) yield { ...entry, kind };
      return;
    }
    opened.push(inside);
    folder = inside;
  }
  yield* walkFolder(folder, here, task);
}
