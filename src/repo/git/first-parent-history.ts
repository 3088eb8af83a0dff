import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryCommit } from '../../model/commit.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { fromTop } from './read-commit-tree.ts';
import { commitsIn, readLog } from './read-log.ts';
import { type GitRepository, outputOf } from './repository.ts';

export interface History {
  /** Newest first. Paths of changes are from Mainsheet's root. */
  readonly commits: readonly HistoryCommit[];
  /** Whether it reaches back to the first commit of all. What is older than a limit, or than a shallow clone goes, is not known. */
  readonly isComplete: boolean;
}

/**
 * What a branch's own steps changed beneath some folders: its first-parent history, in which a merge, a squash and each commit of a rebase is
 * one step, with the files of a merge as it brought them to the branch. One command for all paths; contents come from `readBlobs`.
 */
export async function firstParentHistory(
  repository: GitRepository,
  tip: string,
  folders: readonly RepoPath[],
  most = 100_000,
): Promise<Result<History>> {
  const { prefix } = repository;
  const paths = folders.map((folder) => fromTop(prefix, folder)).filter((path) => path !== '');
  const options = ['--first-parent', '--diff-merges=first-parent', '--raw', '--full-history', `--max-count=${most}`];
  const output = outputOf('read the history', await readLog(repository, options, [tip], paths));
  if (output.value === undefined) return output;
  const boundaries = shallowBoundaries(repository);
  const commits = commitsIn(output.value.toString('utf8')).map((commit) => ({
    ...commit,
    changes: commit.changes.map((change) => ({ ...change, path: change.path.slice(prefix.length) })),
  }));
  // Where a shallow clone ends, git compares with nothing and says that every file is new: that is not what the commit did.
  const known = commits.filter(({ hash }) => !boundaries.has(hash));
  return success({ commits: known, isComplete: boundaries.size === 0 && commits.length < most });
}

function shallowBoundaries({ isShallow, commonFolder }: GitRepository): ReadonlySet<string> {
  const file = join(commonFolder, 'shallow');
  // It is gone once all history has been fetched.
  if (!isShallow || !existsSync(file)) return new Set();
  return new Set(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
}
