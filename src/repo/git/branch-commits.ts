import type { Commit } from '../../model/commit.ts';
import { type Result, result, success } from '../../model/result.ts';
import { commitsIn, readLog } from './read-log.ts';
import { type GitRepository, gitFailure, outputOf } from './repository.ts';

/** More commits than any branch of one change has: beyond that it is told only that there are more. */
const most = 1_000;

/** The commits of a branch that its base does not have, newest first: whose they are decides whether the branch may be rebuilt. */
export async function commitsBetween(repository: GitRepository, base: string, tip: string): Promise<Result<readonly Commit[]>> {
  const output = outputOf('read a branch', await readLog(repository, [`--max-count=${most}`], [`^${base}`, tip], []));
  if (output.value === undefined) return output;
  return success(commitsIn(output.value.toString('utf8')).map(({ changes, ...commit }) => commit));
}

/** One commit; undefined where it is not here. */
export async function readCommit(repository: GitRepository, hash: string): Promise<Result<Commit | undefined>> {
  const output = outputOf('read a commit', await readLog(repository, ['--max-count=1'], [hash], []));
  if (output.value === undefined) return output;
  const [first] = commitsIn(output.value.toString('utf8'));
  if (first === undefined) return success(undefined);
  const { changes: _, ...commit } = first;
  return success(commit);
}

/** The whole message of a commit, without the line feeds at its end. */
export async function readMessage(repository: GitRepository, hash: string): Promise<Result<string>> {
  const output = outputOf(
    'read a commit',
    await repository.run(['log', '--max-count=1', '--no-show-signature', '--format=%B', '--end-of-options', hash]),
  );
  return output.value === undefined ? output : success(output.value.toString('utf8').trimEnd());
}

/** Whether `older` is `newer` or among what `newer` was built on: a branch that is has been merged, or holds nothing of its own. */
export async function isAncestor(repository: GitRepository, older: string, newer: string): Promise<Result<boolean>> {
  const answer = await repository.run(['merge-base', '--is-ancestor', older, newer]);
  if (answer.code === 0 || answer.code === 1) return success(answer.code === 0);
  return result(false, [gitFailure('compare two commits', answer)]);
}

/** Whether a commit was once the tip of a branch: commits that a merge brought along were not. The branch's history has to be here. */
export async function wasTip(repository: GitRepository, commit: string, branchTip: string): Promise<Result<boolean>> {
  if (commit === branchTip) return success(true);
  const output = outputOf('read the history', await repository.run(['rev-list', '--first-parent', '--end-of-options', branchTip]));
  return output.value === undefined ? output : success(output.value.toString('latin1').split('\n').includes(commit));
}

/** The tree of a commit: two commits with one tree hold the same files. */
export async function treeOf(repository: GitRepository, commit: string): Promise<Result<string>> {
  const answer = await repository.run(['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`]);
  const output = outputOf('look up a commit', answer);
  return output.value === undefined ? output : success(output.value.toString('latin1').trim());
}
