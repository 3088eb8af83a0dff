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
 * one step, with the files of a merge as it brought them to the branch. One command for all paths; contents come from `readBlobs`. `now` tells
 * which dates are of the future: those of ancestors say nothing then, but for the one that a commit stands on.
 */
export async function firstParentHistory(
  repository: GitRepository,
  tip: string,
  folders: readonly RepoPath[],
  { most = 100_000, now }: { readonly most?: number; readonly now?: number } = {},
): Promise<Result<History>> {
  const { prefix } = repository;
  const paths = folders.map((folder) => fromTop(prefix, folder)).filter((path) => path !== '');
  const options = ['--first-parent', '--diff-merges=first-parent', '--raw', '--full-history', `--max-count=${most}`];
  const output = outputOf('read the history', await readLog(repository, options, [tip], paths));
  if (output.value === undefined) return output;
  const dates = outputOf(
    'read the dates',
    await repository.run(['log', '--first-parent', '--format=%H %ct', `--max-count=${most}`, '--end-of-options', tip, '--']),
  );
  if (dates.value === undefined) return dates;
  const earliest = earliestDates(dates.value.toString('utf8'), now);
  const boundaries = shallowBoundaries(repository);
  const commits = commitsIn(output.value.toString('utf8')).map((commit) => ({
    ...commit,
    ...notBefore(earliest.get(commit.hash)),
    changes: commit.changes.map((change) => ({ ...change, path: change.path.slice(prefix.length) })),
  }));
  // Where a shallow clone ends, git compares with nothing and says that every file is new: that is not what the commit did.
  const known = commits.filter(({ hash }) => !boundaries.has(hash));
  return success({ commits: known, isComplete: boundaries.size === 0 && commits.length < most });
}

function notBefore(time: number | undefined): { readonly notBefore?: number } {
  return time === undefined ? {} : { notBefore: time };
}

/** Of each commit of a log of hashes and dates, newest first: the date of the commit that it stands on, or of any before that is later and not to come. */
function earliestDates(log: string, now = Number.POSITIVE_INFINITY): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let parent: number | undefined;
  let latest = 0;
  for (const line of log.trimEnd().split('\n').reverse()) {
    const [hash = '', date] = line.split(' ');
    if (parent !== undefined) found.set(hash, Math.max(parent, latest));
    parent = Number(date);
    if (parent <= now) latest = Math.max(latest, parent);
  }
  return found;
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
