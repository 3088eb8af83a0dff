import { closeSync, lstatSync, openSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { diskFailure, errnoOf } from './disk-failure.ts';
import { inputFileWithinLimit, utf8Text } from './input-diagnostics.ts';
import { decode, firstIllFormedByte } from './read-file.ts';
import { findingAt } from './read-input.ts';
import { readTree } from './read-tree.ts';

/** A stream of rendered manifests is one file, however many objects it holds. */
const limits = { fileBytes: 64 * 1024 * 1024, files: 50_000, totalBytes: 256 * 1024 * 1024 };

/** How findings name standard input. */
const stdinName = '<stdin>';

/** 'folder' or 'file' for a path as typed; undefined where nothing stands there. */
export function kindOfPath(workingFolder: string, path: string): 'folder' | 'file' | undefined {
  const found = statOf(resolve(workingFolder, path));
  return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
}

/** Whether a symbolic link stands at a path, wherever it leads. */
export function isLinkAt(workingFolder: string, path: string): boolean {
  return lstatSync(resolve(workingFolder, path), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** What a path leads to; undefined for nothing, links in a circle included. */
function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') return undefined;
    throw error;
  }
}

/** The YAML and JSON files of a folder, or a file whatever its name, also behind a link, or a pipe such as a shell's `<(…)`; paths as typed, so that editors find them from the working folder. */
export function readManifests(workingFolder: string, path: string): Result<FileTree> {
  const place = resolve(workingFolder, path);
  const found = statOf(place);
  if (found?.isFIFO() === true) return readPipe(place, path);
  const isFolder = found?.isDirectory() === true;
  // A link that was named may lead anywhere; those in a folder may not.
  const file = isFolder || found === undefined ? place : realpathSync(place);
  const read = isFolder ? readTree(place, ['.'], isManifest, limits) : readTree(dirname(file), [basename(file)], () => true, limits);
  const shown = (inner: RepoPath) => (isFolder ? join(path, inner) : normalize(path));
  const diagnostics = read.diagnostics.map(
    (one): Diagnostic => (one.at === undefined ? one : { ...one, at: { ...one.at, file: shown(one.at.file) } }),
  );
  return result(new Map([...(read.value ?? [])].map(([file, text]) => [shown(file), text])), diagnostics);
}

/** Hidden folders and those of packages hold nobody's manifests. */
function isManifest(file: RepoPath): boolean {
  return /\.(ya?ml|json)$/.test(file) && !/(^|\/)(\.[^/]|node_modules\/)/.test(file);
}

function readPipe(place: string, path: string): Result<FileTree> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    const handle = openSync(place, 'r');
    try {
      for (let count = -1; count !== 0 && length <= limits.fileBytes; length += count) {
        const part = Buffer.allocUnsafe(64 * 1024);
        count = readSync(handle, part, 0, part.length, null);
        parts.push(part.subarray(0, count));
      }
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return result(new Map(), [diskFailure(error, { action: 'read', path })]);
  }
  if (length <= limits.fileBytes) return pipedManifests(Buffer.concat(parts), path);
  return result(new Map(), [findingAt(path, inputFileWithinLimit, { path, bytes: length, limit: limits.fileBytes })]);
}

/** What was piped in, as a tree of one file. */
export function pipedManifests(bytes: Uint8Array, name: RepoPath = stdinName): Result<FileTree> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decode(buffer);
  if (text !== undefined) return result(new Map([[name, text]]), []);
  const params = { path: name, offset: firstIllFormedByte(buffer) ?? 0 };
  return result(new Map(), [diagnose(utf8Text, { params, at: { file: name, start: 0, end: 0 } })]);
}
