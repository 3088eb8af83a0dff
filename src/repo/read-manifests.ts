import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { utf8Text } from './input-diagnostics.ts';
import { decode, firstIllFormedByte } from './read-file.ts';
import { readTree } from './read-tree.ts';

/** A stream of rendered manifests is one file, however many objects it holds. */
const limits = { fileBytes: 64 * 1024 * 1024, files: 50_000, totalBytes: 256 * 1024 * 1024 };

/** How findings name standard input. */
const stdinName = '<stdin>';

/** 'folder' or 'file' for a path as typed; undefined where nothing stands there. */
export function kindOfPath(workingFolder: string, path: string): 'folder' | 'file' | undefined {
  const found = statSync(resolve(workingFolder, path), { throwIfNoEntry: false });
  return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
}

/** The YAML and JSON files of a folder, or a file whatever its name; paths as typed, so that editors find them from the working folder. */
export function readManifests(workingFolder: string, path: string): Result<FileTree> {
  const place = resolve(workingFolder, path);
  const isFolder = kindOfPath(workingFolder, path) === 'folder';
  const read = isFolder ? readTree(place, ['.'], isManifest, limits) : readTree(dirname(place), [basename(place)], () => true, limits);
  const shown = (file: RepoPath) => join(isFolder ? path : dirname(path), file);
  const diagnostics = read.diagnostics.map(
    (one): Diagnostic => (one.at === undefined ? one : { ...one, at: { ...one.at, file: shown(one.at.file) } }),
  );
  return result(new Map([...(read.value ?? [])].map(([file, text]) => [shown(file), text])), diagnostics);
}

/** Hidden folders and those of packages hold nobody's manifests. */
function isManifest(file: RepoPath): boolean {
  return /\.(ya?ml|json)$/.test(file) && !/(^|\/)(\.[^/]|node_modules\/)/.test(file);
}

/** What was piped in, as a tree of one file. */
export function pipedManifests(bytes: Uint8Array): Result<FileTree> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decode(buffer);
  if (text !== undefined) return result(new Map([[stdinName, text]]), []);
  const params = { path: stdinName, offset: firstIllFormedByte(buffer) ?? 0 };
  return result(new Map(), [diagnose(utf8Text, { params, at: { file: stdinName, start: 0, end: 0 } })]);
}
