import { type Diagnostic, type DiagnosticDefinition, diagnose } from '../../model/diagnostic.ts';
import { byCodePoint } from '../../model/names.ts';
import { foldPath, pathFault, showPath } from '../../model/path-rules.ts';
import { type Result, result } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { noSymlink } from '../diagnostics.ts';
import {
  fileCountWithinLimit,
  illegalInputPath,
  inputFileWithinLimit,
  inputWithinLimit,
  uniquePath,
  utf8Text,
} from '../input-diagnostics.ts';
import { decode, firstIllFormedByte } from '../read-file.ts';
import type { ReadLimits } from '../read-input.ts';
import { defaultLimits } from '../read-tree.ts';
import { blobHash } from './blob-hash.ts';
import { inputsOfThisRepository, noLargeFilePointer } from './diagnostics.ts';
import { type Blobs, readBlobs } from './read-blobs.ts';
import type { GitRepository } from './repository.ts';
import { listTree, type TreeEntry } from './tree-entries.ts';

export interface CommitReading {
  readonly limits?: ReadLimits;
  /** Links are refused in inputs; in what was once rendered they are nobody's. */
  readonly links?: 'refused' | 'skipped';
  /** A text that may well be what stands at a path: where its hash says so, it is taken, and nothing is read. */
  readonly known?: (path: RepoPath) => string | undefined;
}

/**
 * The accepted files beneath some folders (or files) of a commit, by path from Mainsheet's root, just as `readTree` reads them from disk:
 * a folder that is not there yields nothing, '.' is the root itself. Two commands, however many files.
 * Errors: symbolic links and submodules, illegal or colliding names, pointers to large files, sizes above `limits`, text that is not UTF-8.
 */
export async function readCommitTree(
  repository: GitRepository,
  commit: string,
  folders: readonly RepoPath[],
  accept: (path: RepoPath) => boolean,
  { limits = defaultLimits, links = 'refused', known = () => undefined }: CommitReading = {},
): Promise<Result<FileTree>> {
  const { prefix } = repository;
  const listed = await listTree(
    repository,
    commit,
    folders.map((folder) => fromTop(prefix, folder)),
  );
  if (listed.value === undefined) return listed;
  const entries = listed.value.map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
  const linked = entries.filter(({ kind }) => kind === 'symlink').map(({ path }) => at(path, noSymlink, { path: showPath(path) }));
  const foreign = entries
    .filter(({ kind }) => kind === 'submodule')
    .map(({ path }) => at(path, inputsOfThisRepository, { path: showPath(path) }));
  const files = entries.filter(({ path, kind }) => kind === 'file' && accept(path));
  const faults = [...(links === 'refused' ? [...linked, ...foreign] : []), ...nameFaults(files, limits)];
  if (faults.length > 0) return result<FileTree>(new Map(), faults);
  const texts = new Map<RepoPath, string>();
  const unknown = files.filter(({ path, hash }) => {
    const text = known(path);
    if (text === undefined || blobHash(repository, text) !== hash) return true;
    texts.set(path, text);
    return false;
  });
  const blobs = await readBlobs(
    repository,
    unknown.map(({ hash }) => hash),
  );
  return blobs.value === undefined ? blobs : withTexts(texts, unknown, blobs.value, limits);
}

/** A path from the top of the work tree; '' is all of it. */
export function fromTop(prefix: RepoPath, path: RepoPath): RepoPath {
  return path === '.' ? prefix.replace(/\/$/, '') : `${prefix}${path.replace(/\/+$/, '')}`;
}

function nameFaults(files: readonly TreeEntry[], limits: ReadLimits): readonly Diagnostic[] {
  if (files.length > limits.files) return [diagnose(fileCountWithinLimit, { params: { limit: limits.files } })];
  const spellings = new Map<string, RepoPath>();
  return files.flatMap(({ path }): readonly Diagnostic[] => {
    const reason = pathFault(path);
    if (reason !== undefined) return [at(path, illegalInputPath, { path: showPath(path), reason })];
    const folded = foldPath(path);
    const other = spellings.get(folded);
    spellings.set(folded, path);
    return other === undefined ? [] : [at(path, uniquePath, { path, other })];
  });
}

function withTexts(known: FileTree, files: readonly TreeEntry[], blobs: Blobs, limits: ReadLimits): Result<FileTree> {
  const texts = new Map(known);
  const findings: Diagnostic[] = [];
  let total = 0;
  for (const { path, hash } of files) {
    const bytes = blobs.get(hash) ?? Buffer.alloc(0);
    total += bytes.length;
    if (total > limits.totalBytes) return result<FileTree>(texts, [diagnose(inputWithinLimit, { params: { limit: limits.totalBytes } })]);
    const text = decode(bytes);
    if (bytes.length > limits.fileBytes)
      findings.push(at(path, inputFileWithinLimit, { path, bytes: bytes.length, limit: limits.fileBytes }));
    else if (text === undefined) findings.push(at(path, utf8Text, { path, offset: firstIllFormedByte(bytes) ?? 0 }));
    else if (isPointer(text)) findings.push(at(path, noLargeFilePointer, { path }));
    else texts.set(path, text);
  }
  return result<FileTree>(new Map([...texts].sort(([a], [b]) => byCodePoint(a, b))), findings);
}

/** Git LFS commits such a text in the place of a file; https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
function isPointer(text: string): boolean {
  return text.startsWith('version https://git-lfs.github.com/spec/');
}

function at<P>(path: RepoPath, definition: DiagnosticDefinition<P>, params: P): Diagnostic {
  return diagnose(definition, { params, at: { file: path, start: 0, end: 0 } });
}
