import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { historyAvailable } from './diagnostics.ts';
import { showName } from './names.ts';
import { notFetched } from './not-fetched.ts';
import type { Remote } from './remote.ts';
import { remoteBranches } from './remote-branches.ts';
import { remoteFailure } from './remote-failure.ts';
import type { GitRepository } from './repository.ts';
import { type Access, talkTo } from './transport.ts';

const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance'];

/** How much history comes along: the commit alone, or all of it. */
export type Depth = 'commit' | 'history';

/**
 * The tip that a branch has on the remote now, with its objects here; undefined where the remote has no such branch. Only objects are
 * fetched: no branch, remote branch or FETCH_HEAD of the user changes. In a shallow clone the history comes as far as `depth` says;
 * in a whole clone all of it comes in any case, because a clone that was whole stays so.
 */
export async function fetchTip(
  repository: GitRepository,
  remote: Remote,
  branch: string,
  depth: Depth,
  access: Access = {},
  direction: 'fetch' | 'push' = 'fetch',
): Promise<Result<string | undefined>> {
  // Between asking and fetching the branch may move once; it does not twice.
  for (const attempt of [1, 2]) {
    const tips = await remoteBranches(repository, remote, [branch], access, direction);
    if (tips.value === undefined) return tips;
    const tip = tips.value.get(branch);
    if (tip === undefined || (await isHere(repository, tip, depth))) return success(tip);
    const at = remote[direction];
    const limit = repository.isShallow ? (depth === 'commit' ? ['--depth=1'] : ['--unshallow']) : [];
    const answer = await talkTo(
      repository,
      at,
      ['fetch', ...quietly, ...limit, '--end-of-options', at.address, `refs/heads/${branch}`],
      access,
    );
    if (answer.code !== 0 && attempt === 2) return { value: undefined, diagnostics: [remoteFailure(remote.name, answer)] };
    if (answer.code === 0 && (await isHere(repository, tip, 'commit'))) return success(tip);
  }
  // A partial clone has the commit and leaves out its files.
  const what = showName(branch);
  return { value: undefined, diagnostics: [repository.isPartial ? notFetched(what) : diagnose(historyAvailable, { params: { what } })] };
}

/** Brings tips of several branches here by one fetch, as `fetchTip` does for one. What does not come is not here: ask for its commit. */
export async function fetchTips(
  repository: GitRepository,
  remote: Remote,
  tips: ReadonlyMap<string, string>,
  access: Access = {},
): Promise<void> {
  const missing: string[] = [];
  for (const [branch, tip] of tips) if (!(await isHere(repository, tip, 'commit'))) missing.push(`refs/heads/${branch}`);
  if (missing.length === 0) return;
  const at = remote.push;
  await talkTo(
    repository,
    at,
    ['fetch', ...quietly, ...(repository.isShallow ? ['--depth=1'] : []), '--end-of-options', at.address, ...missing],
    access,
  );
}

/** Whether a commit, with its files, is in the clone; with its history only where that is not cut off. */
async function isHere(repository: GitRepository, commit: string, depth: Depth): Promise<boolean> {
  if (depth === 'history' && repository.isShallow) return false;
  const answer = await repository.run(['rev-parse', '--quiet', '--verify', '--end-of-options', `${commit}^{tree}`]);
  return answer.code === 0;
}
