import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { type Result, result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { gitFinished, gitInstalled, hasWorkTree, inGitRepository, repositoryTrusted } from './diagnostics.ts';
import { foreignText } from './foreign-text.ts';
import { type GitAnswer, type GitCommand, runGit } from './run-git.ts';
import { booleanOf, readSettings, type Settings } from './settings.ts';
import { localVariables, type Override, type Variables } from './variables.ts';

/**
 * What Mainsheet asks of git, one file each, all of them taking an opened repository:
 *
 *   openRepository            here                       what it is, before anything is asked of it
 *   unfinishedOperation       unfinished-operation.ts    a merge or rebase under way, for who is about to write
 *   ignoredPaths              ignored-paths.ts          new files that git was told to ignore
 *   missingFromDisk           missing-from-disk.ts       inputs that a sparse checkout left out
 *   resolveCommit             resolve-commit.ts          a word of the user's → a commit
 *   readCommitTree            read-commit-tree.ts        files of a commit → FileTree, as `readTree` reads a disk
 *   readBlobs, blobHash       read-blobs.ts, blob-hash.ts  contents by hash; the hash of a content
 *   identitiesOf, isSigned    identity.ts, signing.ts    who commits, and whether it is signed
 *   createCommit              create-commit.ts           a base and edits → a commit, without a checkout
 *   commitsBetween, isAncestor, treeOf   branch-commits.ts   whose commits a branch has, whether it is merged
 *   readCommit                read-commit.ts             what a commit says of itself
 *   firstParentHistory        first-parent-history.ts    what a branch said, since when
 *   chooseRemote, openRemote  remote.ts                  which remote, and where it leads
 *   findBaseBranch            base-branch.ts             which branch a proposal goes to
 *   remoteBranches            remote-branches.ts         tips on the remote, now
 *   fetchTip                  fetch-commit.ts            a tip with its objects, and no ref of the user's changed
 *   pushBranch                push-branch.ts             a branch of the remote by lease: pushed, moved, or failed
 */

/** Where HEAD stands: on a branch, which may have no commit yet, or on a commit alone, as CI systems check it out. */
export type Head =
  | { readonly kind: 'branch'; readonly branch: string; readonly commit?: string }
  | { readonly kind: 'detached'; readonly commit: string };

export type Operation = 'rebase' | 'merge' | 'cherry-pick' | 'revert' | 'bisect';

/** An opened repository: what is known of it before anything is asked of it. Everything that speaks of git takes one. */
export interface GitRepository {
  /** Absolute: the folder that paths are relative to, Mainsheet's root. It may lie below the top of the work tree. */
  readonly root: string;
  /** From the top of the work tree to `root`: '' or 'mesh/'. */
  readonly prefix: RepoPath;
  readonly topLevel: string;
  /** Of this work tree; `commonFolder` is what all work trees share. */
  readonly gitFolder: string;
  readonly commonFolder: string;
  readonly hashFormat: 'sha1' | 'sha256';
  readonly isShallow: boolean;
  /** Cloned with a filter: objects may be missing. */
  readonly isPartial: boolean;
  readonly head: Head;
  readonly operation?: Operation;
  readonly settings: Settings;
  /** The variables that Mainsheet itself was called with. */
  readonly caller: Variables;
  /** Runs a command that stays in the repository: no remote, no hook, no filter, no setting of anyone's that names a program. */
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<GitAnswer>;
}

export interface RunOptions extends Pick<GitCommand, 'input' | 'mostBytes' | 'patience'> {
  /** Instead of those for local commands; `GIT_DIR` and `GIT_WORK_TREE` are added. */
  readonly variables?: Variables;
  readonly overrides?: readonly Override[];
}

/**
 * Opens the repository that `root` lies in. `caller` are Mainsheet's own variables.
 * Errors: no git, no repository, one that git does not trust (with the command that changes that), a bare one.
 */
export async function openRepository(root: string, caller: Variables): Promise<Result<GitRepository>> {
  const folder = resolve(root);
  const { answer, settings } = await readSettings(folder, caller);
  if (answer.code !== 0) return failed([gitFailure('read its settings', answer)]);
  const trusted = settings.all.filter(({ scope, key }) => key === 'safe.directory' && (scope === 'global' || scope === 'system'));
  const variables = localVariables(
    caller,
    trusted.map(({ value }): Override => ['safe.directory', value]),
  );
  const asked = ['--is-bare-repository', '--is-inside-work-tree', '--absolute-git-dir', '--git-common-dir', '--is-shallow-repository'];
  const told = await runGit({
    folder,
    variables,
    words: ['rev-parse', ...asked, '--show-object-format', '--show-prefix', '--show-toplevel'],
  });
  const [bare, inside, gitFolder, common, shallow, format, prefix, topLevel] = told.output.toString('utf8').split('\n');
  if (bare === 'true' || (bare === 'false' && inside === 'false')) return failed([diagnose(hasWorkTree, { params: { folder } })]);
  if (told.code !== 0 || gitFolder === undefined || common === undefined || topLevel === undefined)
    return failed([openingFailure(folder, told)]);
  const own = { GIT_DIR: gitFolder, GIT_WORK_TREE: topLevel };
  const run: GitRepository['run'] = (words, { variables: given, overrides = [], ...options } = {}) =>
    runGit({ folder: topLevel, words, variables: { ...(given ?? localVariables(caller, overrides)), ...own }, ...options });
  const [branch, commit] = await Promise.all([
    run(['symbolic-ref', '--quiet', '--short', 'HEAD']),
    run(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']),
  ]);
  const operation = operationIn(gitFolder);
  return success({
    root: folder,
    prefix: prefix ?? '',
    topLevel,
    gitFolder,
    commonFolder: resolve(folder, common),
    hashFormat: format === 'sha256' ? 'sha256' : 'sha1',
    isShallow: shallow === 'true',
    isPartial: settings.all.some(isFilter),
    head: headOf(branch, commit),
    ...(operation === undefined ? {} : { operation }),
    settings,
    caller,
    run,
  });
}

function headOf(branch: GitAnswer, commit: GitAnswer): Head {
  const hash = commit.output.toString('utf8').trim();
  if (branch.code !== 0) return { kind: 'detached', commit: hash };
  const on = { kind: 'branch', branch: branch.output.toString('utf8').trim() } as const;
  return commit.code === 0 ? { ...on, commit: hash } : on;
}

function isFilter({ key, value }: Settings['all'][number]): boolean {
  return key === 'extensions.partialclone' || (/^remote\..*\.promisor$/.test(key) && booleanOf(value) === true);
}

const signs: readonly (readonly [file: string, operation: Operation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

function operationIn(gitFolder: string): Operation | undefined {
  return signs.find(([file]) => existsSync(join(gitFolder, file)))?.[1];
}

function failed<T>(diagnostics: readonly Diagnostic[]): Result<T> {
  return { value: undefined, diagnostics };
}

function openingFailure(folder: string, told: GitAnswer): Diagnostic {
  const { errors } = told;
  if (/dubious ownership|unsafe repository/.test(errors)) {
    const [, owned = folder] = /repository at '([^'\n]+)'/.exec(errors) ?? [];
    const hints = [`\`git config --global --add safe.directory ${quoted(owned)}\``];
    return diagnose(repositoryTrusted, { params: { folder: owned }, hints });
  }
  if (/cannot use bare repository/.test(errors)) return diagnose(hasWorkTree, { params: { folder } });
  if (/not a git repository/.test(errors)) return diagnose(inGitRepository, { params: { folder } });
  return gitFailure('open the repository', told);
}

/** For a shell, so that the line can be copied. */
function quoted(path: string): string {
  return /^[\w/.:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Says what git could not do; `action` ends the sentence "git could not". */
export function gitFailure(action: string, answer: GitAnswer, secrets: readonly string[] = []): Diagnostic {
  if (answer.failure === 'no-git') return diagnose(gitInstalled, { params: {} });
  const words = answer.failure === undefined ? foreignText(answer.errors, secrets) : failureWords[answer.failure];
  return diagnose(gitFinished, { params: { action, answer: words === '' ? `it ended with ${answer.code ?? 'a signal'}` : words } });
}

const failureWords = { 'timed-out': 'it took too long', 'too-large': 'its answer is too large' } as const;

/** What git answered, or why it did not. */
export function outputOf(action: string, answer: GitAnswer): Result<Buffer> {
  return answer.code === 0 ? success(answer.output) : result<Buffer>(Buffer.alloc(0), [gitFailure(action, answer)]);
}
