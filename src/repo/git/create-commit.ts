import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { diskFailure, errnoOf } from '../disk-failure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { commitConflicts, type TreeEdits } from './commit-conflicts.ts';
import { commitSigned } from './diagnostics.ts';
import { foreignText } from './foreign-text.ts';
import type { Identities } from './identity.ts';
import { type GitRepository, gitFailure, outputOf, type RunOptions } from './repository.ts';
import { signingWith } from './signing.ts';
import { listTree, type TreeEntry } from './tree-entries.ts';
import { localVariables } from './variables.ts';

export interface CommitRequest {
  /** The one parent: a full hash. */
  readonly base: string;
  /** New texts by path from Mainsheet's root; null = gone. */
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  /** Subject, body and trailers, for the tree that comes of the edits; committed as it is. */
  readonly message: string | ((tree: string) => string);
  readonly identities: Identities;
  /** Seconds since 1970, of author and committer alike. The same request at the same time is the same commit, unless it is signed. */
  readonly at: number;
  /** Ends the message with `Signed-off-by:` of the committer, once. */
  readonly signOff?: boolean;
  /** See `isSigned`. */
  readonly sign?: boolean;
}

/** A commit that is in the repository and on no branch; `undefined` where the edits say what the base says already. */
export type CreatedCommit = { readonly hash: string; readonly tree: string } | undefined;

/**
 * Makes a commit out of a base and edits, with an index of its own: work tree, index, branches and HEAD of the user are not touched, no hook
 * and no filter runs, and files get just the bytes that are given. A file's mode stays; new files are not executable.
 * Errors: paths that cannot stand beside what is there, a signature that cannot be made, a disk that is full.
 */
export async function createCommit(repository: GitRepository, request: CommitRequest): Promise<Result<CreatedCommit>> {
  const listed = await committable(repository, request);
  if (listed.value === undefined) return listed;
  const edits = editsFromTop(repository, request);
  return await inTemporaryFolder(repository, async (folder) => {
    const tree = await writeTree(repository, request.base, listed.value, edits, folder);
    if (tree.value === undefined) return tree;
    const before = outputOf('read the base', await repository.run(['rev-parse', '--verify', '--end-of-options', `${request.base}^{tree}`]));
    if (before.value === undefined) return before;
    if (before.value.toString('latin1').trim() === tree.value) return success(undefined);
    return await commit(repository, request, tree.value);
  });
}

/** What the base has, where edits can stand beside it; the same errors before a commit is made, as a dry run needs them. */
export async function committable(
  repository: GitRepository,
  request: Pick<CommitRequest, 'base' | 'edits'>,
): Promise<Result<readonly TreeEntry[]>> {
  const listed = await listTree(repository, request.base, []);
  if (listed.value === undefined) return listed;
  const conflicts = commitConflicts(listed.value, editsFromTop(repository, request));
  return conflicts.length > 0 ? { value: undefined, diagnostics: conflicts } : listed;
}

function editsFromTop({ prefix }: GitRepository, { edits }: Pick<CommitRequest, 'edits'>): TreeEdits {
  return new Map([...edits].map(([path, text]) => [`${prefix}${path}`, text]));
}

async function writeTree(
  repository: GitRepository,
  base: string,
  existing: readonly TreeEntry[],
  edits: TreeEdits,
  folder: string,
): Promise<Result<string>> {
  const variables = { ...localVariables(repository.caller), GIT_INDEX_FILE: join(folder, 'index') };
  const read = outputOf('read the base', await repository.run(['read-tree', '--end-of-options', base], { variables }));
  if (read.value === undefined) return read;
  const hashes = await writeBlobs(
    repository,
    [...edits.values()].filter((text) => text !== null),
    folder,
  );
  if (hashes.value === undefined) return hashes;
  const modes = new Map(existing.map(({ path, isExecutable }) => [path, isExecutable ? '100755' : '100644']));
  const nothing = '0'.repeat(repository.hashFormat === 'sha1' ? 40 : 64);
  // What goes, goes first: a file may take the place of a folder that is emptied in the same commit.
  const gone = [...edits].flatMap(([path, text]) => (text === null ? [`0 ${nothing}\t${path}\0`] : []));
  const written = [...edits].filter(([, text]) => text !== null);
  const lines = written.map(([path], i) => `${modes.get(path) ?? '100644'} ${hashes.value[i] ?? ''}\t${path}\0`);
  const words = ['update-index', '-z', '--index-info'];
  const updated = outputOf('build the commit', await repository.run(words, { variables, input: [...gone, ...lines].join('') }));
  if (updated.value === undefined) return updated;
  const tree = outputOf('build the commit', await repository.run(['write-tree'], { variables }));
  return tree.value === undefined ? tree : success(tree.value.toString('latin1').trim());
}

/** Puts texts into the object store, byte for byte. */
async function writeBlobs(repository: GitRepository, texts: readonly string[], folder: string): Promise<Result<readonly string[]>> {
  if (texts.length === 0) return success([]);
  const paths = texts.map((text, i) => {
    const path = join(folder, String(i));
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return path;
  });
  const words = ['hash-object', '-w', '--no-filters', '--stdin-paths'];
  const answer = await repository.run(words, { input: `${paths.join('\n')}\n` });
  const output = outputOf('write files into the repository', answer);
  return output.value === undefined ? output : success(output.value.toString('latin1').trim().split('\n'));
}

async function commit(repository: GitRepository, request: CommitRequest, tree: string): Promise<Result<CreatedCommit>> {
  const { base, identities, at, sign = false } = request;
  const { word, options } = sign ? signingWith(repository) : { word: undefined, options: {} };
  const { author, committer } = identities;
  const words = ['commit-tree', ...(word === undefined ? [] : [word]), '-p', base, tree];
  const variables = {
    ...(options.variables ?? localVariables(repository.caller)),
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: `@${at} +0000`,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: `@${at} +0000`,
  };
  const run: RunOptions = { variables, input: wholeMessage(request, tree) };
  const answer = await repository.run(words, run);
  if (answer.code === 0) return success({ hash: answer.output.toString('latin1').trim(), tree });
  const fault =
    sign && answer.failure !== 'no-git'
      ? diagnose(commitSigned, { params: { answer: foreignText(answer.errors) || 'signing did not end' } })
      : gitFailure('write the commit', answer);
  return { value: undefined, diagnostics: [fault] };
}

/** Ends with one line feed; a sign-off joins the trailers, if the message ends with some. */
export function wholeMessage(
  { message, signOff = false, identities: { committer } }: Pick<CommitRequest, 'message' | 'signOff' | 'identities'>,
  tree: string,
): string {
  const text = (typeof message === 'string' ? message : message(tree)).replaceAll('\0', '').trimEnd();
  const line = `Signed-off-by: ${committer.name} <${committer.email}>`;
  if (!signOff || text.split('\n').includes(line)) return `${text}\n`;
  const last = text.slice(text.lastIndexOf('\n\n') + 1).trim();
  const endsWithTrailers = text.includes('\n\n') && last.split('\n').every((one) => /^[A-Za-z0-9-]+: \S/.test(one));
  return `${text}${endsWithTrailers ? '\n' : '\n\n'}${line}\n`;
}

async function inTemporaryFolder<T>({ caller }: GitRepository, work: (folder: string) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    // Nothing else stands there than an index and texts by their number.
    return await withTemporaryFolder(caller.TMPDIR ?? tmpdir(), (name) => /^(index(\.lock)?|\d+)$/.test(name), work);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return { value: undefined, diagnostics: [diskFailure(error, { action: 'write', path: 'a temporary folder' })] };
  }
}
