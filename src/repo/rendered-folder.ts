import { diagnose } from '../model/diagnostic.ts';
import { outputFolderFault, showPath } from '../model/path-rules.ts';
import { type Result, result, success } from '../model/result.ts';
import type { RepoPath } from '../model/source.ts';
import { noSymlink, outputIsFolder, stableFile } from './diagnostics.ts';
import { type DiskTask, diskFailure } from './disk-failure.ts';
import { legalOutputPath } from './input-diagnostics.ts';
import { closeFolder, kindAt, type OpenFolder, openInside, openRoot } from './open-folder.ts';
import { decode, readFile } from './read-file.ts';
import { type Entry, walkFolder } from './walk-folder.ts';
import { isTemporary } from './write-file.ts';

/** What stands in an output folder. 'special' is whatever cannot be read as a text: pipes, devices, folders too deep, files too large. */
export type RenderedEntry =
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'folder' | 'symlink' | 'special' | 'temporary' };

/** An output folder by path relative to it; empty when there is none yet. */
export type RenderedFolder = ReadonlyMap<RepoPath, RenderedEntry>;

/** More than any render: the limit only keeps a sparse file from filling the memory. */
const fileBytes = 256 * 1024 * 1024;

/** Reads `<root>/<out>`. Refused when `out` is no folder, or reached through a symbolic link. `out` may be '.'. */
export function readRendered(root: string, out: RepoPath): Result<RenderedFolder> {
  const fault = out === '.' ? undefined : outputFolderFault(out);
  if (fault !== undefined) return failure(diagnose(legalOutputPath, { params: { path: showPath(out), reason: fault } }));
  const task: DiskTask = { action: 'read', path: '.' };
  try {
    const folder = openRoot(root);
    try {
      return readInside(folder, out, task);
    } finally {
      closeFolder(folder);
    }
  } catch (error) {
    return failure(diskFailure(error, task));
  }
}

function failure(finding: ReturnType<typeof diagnose>): Result<RenderedFolder> {
  return result(new Map(), [finding]);
}

function readInside(root: OpenFolder, out: RepoPath, task: DiskTask): Result<RenderedFolder> {
  const opened: OpenFolder[] = [];
  try {
    let folder = root;
    let here = '';
    for (const name of out === '.' ? [] : out.split('/')) {
      here = here === '' ? name : `${here}/${name}`;
      task.path = here;
      const kind = kindAt(folder, name);
      if (kind === undefined) return success(new Map());
      const inside = kind === 'folder' ? openInside(folder, name) : undefined;
      if (inside === undefined) return failure(diagnose(kind === 'symlink' ? noSymlink : outputIsFolder, { params: { path: here } }));
      opened.push(inside);
      folder = inside;
    }
    return readEntries(folder, out, task);
  } finally {
    for (const folder of opened) closeFolder(folder);
  }
}

function readEntries(folder: OpenFolder, out: RepoPath, task: DiskTask): Result<RenderedFolder> {
  const entries = new Map<RepoPath, RenderedEntry>();
  const prefix = out === '.' ? '' : `${out}/`;
  for (const entry of walkFolder(folder, out === '.' ? '' : out, task)) {
    const content = contentOf(entry, task);
    if (content === undefined) return failure(diagnose(stableFile, { params: { path: showPath(entry.path) } }));
    entries.set(entry.path.slice(prefix.length), content);
  }
  return success(entries);
}

function contentOf({ kind, name, path, folder }: Entry, task: DiskTask): RenderedEntry | undefined {
  if (kind === 'too-deep') return { kind: 'special' };
  if (kind !== 'file') return { kind };
  if (isTemporary(name)) return { kind: 'temporary' };
  task.path = path;
  const read = readFile(folder, name, fileBytes);
  if (read.state === 'changed') return undefined;
  if (read.state !== 'read') return { kind: read.state === 'symlink' ? 'symlink' : 'special' };
  return { kind: 'file', text: decode(read.bytes) ?? firstLine(read.bytes) };
}

/** Of a text that is not UTF-8 only the mark counts: without the rest it reads as edited, never as intact. */
function firstLine(bytes: Buffer): string {
  return bytes.subarray(0, bytes.indexOf('\n') + 1).toString('latin1');
}
