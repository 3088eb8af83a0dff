import { type Diagnostic, type DiagnosticDefinition, diagnose } from '../model/diagnostic.ts';
import { foldPath, pathFault, showPath } from '../model/path-rules.ts';
import type { RepoPath } from '../model/source.ts';
import { noSymlink, stableFile } from './diagnostics.ts';
import type { DiskTask } from './disk-failure.ts';
import {
  fileCountWithinLimit,
  folderWithinDepth,
  illegalInputPath,
  inputFileWithinLimit,
  inputWithinLimit,
  regularFile,
  uniquePath,
  utf8Text,
} from './input-diagnostics.ts';
import { decode, firstIllFormedByte, readFile } from './read-file.ts';
import { depthLimit, type Entry } from './walk-folder.ts';

export interface ReadLimits {
  readonly fileBytes: number;
  readonly files: number;
  readonly totalBytes: number;
}

/** What a walk over the inputs has found so far. */
export interface Reading {
  readonly accept: (path: RepoPath) => boolean;
  readonly limits: ReadLimits;
  readonly task: DiskTask;
  readonly texts: Map<RepoPath, string>;
  /** Accepted paths by their folded spelling. */
  readonly spellings: Map<string, RepoPath>;
  bytes: number;
  /** A limit on all files together is passed: nothing more is read. */
  full: boolean;
}

export function findingAt<P>(path: RepoPath, definition: DiagnosticDefinition<P>, params: P): Diagnostic {
  return diagnose(definition, { params, at: { file: path, start: 0, end: 0 } });
}

/** Reads one entry of the walk into `reading.texts`, or says why that cannot be. Files that are not accepted are passed over unread. */
export function readInput(reading: Reading, entry: Entry): Diagnostic | undefined {
  const { path, kind } = entry;
  if (kind === 'symlink') return findingAt(path, noSymlink, { path: showPath(path) });
  if (kind === 'too-deep') return findingAt(path, folderWithinDepth, { path: showPath(path), limit: depthLimit });
  if (kind !== 'folder' && !reading.accept(path)) return undefined;
  const reason = pathFault(path);
  if (reason !== undefined) return blamedAbove(path) ? undefined : findingAt(path, illegalInputPath, { path: showPath(path), reason });
  if (kind === 'folder') return undefined;
  if (kind === 'special') return findingAt(path, regularFile, { path });
  return countFile(reading, path) ?? readText(reading, entry);
}

/** Whether the folder's own path is at fault: then that has been said of the folder, and holds for all beneath it. */
function blamedAbove(path: RepoPath): boolean {
  const end = path.lastIndexOf('/');
  return end !== -1 && pathFault(path.slice(0, end)) !== undefined;
}

function countFile(reading: Reading, path: RepoPath): Diagnostic | undefined {
  const { spellings, limits } = reading;
  const other = spellings.get(foldPath(path));
  if (other !== undefined) return findingAt(path, uniquePath, { path, other });
  spellings.set(foldPath(path), path);
  if (spellings.size <= limits.files) return undefined;
  reading.full = true;
  return diagnose(fileCountWithinLimit, { params: { limit: limits.files } });
}

function readText(reading: Reading, { path, name, folder }: Entry): Diagnostic | undefined {
  const { limits, task, texts } = reading;
  task.path = path;
  const read = readFile(folder, name, limits.fileBytes);
  if (read.state === 'too-large') return findingAt(path, inputFileWithinLimit, { path, bytes: read.size, limit: limits.fileBytes });
  if (read.state !== 'read')
    return findingAt(path, { symlink: noSymlink, special: regularFile, changed: stableFile }[read.state], { path });
  reading.bytes += read.bytes.length;
  if (reading.bytes > limits.totalBytes) {
    reading.full = true;
    return diagnose(inputWithinLimit, { params: { limit: limits.totalBytes } });
  }
  const text = decode(read.bytes);
  if (text === undefined) return findingAt(path, utf8Text, { path, offset: firstIllFormedByte(read.bytes) ?? 0 });
  texts.set(path, text);
  return undefined;
}
