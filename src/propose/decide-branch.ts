/** The branch of a key on the remote. */
export interface BranchState {
  readonly tip: string;
  /** Whether every commit that the base does not have is one of ours, untouched. */
  readonly isOurs: boolean;
  /** Whether it already holds what would be pushed: the same content on the same base, by the same version. */
  readonly isCurrent: boolean;
}

export type BranchAction =
  | 'push' // it is not there, or says something else
  | 'keep' // it says so already
  | 'leave'; // a person's commits are on it

/**
 * What becomes of the branch, before anything becomes of its pull request. `mergedHeads` are the last commits of its pull requests that were
 * merged: what has been merged needs nobody's protection any more, whoever wrote it.
 */
export function decideBranch(branch: BranchState | undefined, mergedHeads: readonly string[]): BranchAction {
  if (branch === undefined) return 'push';
  if (!branch.isOurs && !mergedHeads.includes(branch.tip)) return 'leave';
  return branch.isOurs && branch.isCurrent ? 'keep' : 'push';
}
