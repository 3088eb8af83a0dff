import { sameJson } from '../../model/json.ts';
import type { PullRequestTrailer } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import { type BranchState, parseTrailers } from '../../pipelines/propose/propose.ts';
import { commitsBetween, treeOf } from '../../repo/git/branch-commits.ts';
import { fetchTip } from '../../repo/git/fetch-commit.ts';
import type { ProposeSession } from './propose-session.ts';

/** What the remote's branch is, beside what it shall be; undefined where there is none. Refused where a newer Mainsheet made it. */
export async function branchState(
  { repository, remote, access }: ProposeSession,
  branch: string,
  wanted: PullRequestTrailer,
): Promise<Result<BranchState | undefined>> {
  const tip = await fetchTip(repository, remote, branch, 'history', access, 'push');
  if (tip.value === undefined) return { value: undefined, diagnostics: tip.diagnostics };
  const commits = await commitsBetween(repository, wanted.base, tip.value);
  if (commits.value === undefined) return commits;
  let isOurs = true;
  let content: PullRequestTrailer | undefined;
  for (const { hash, trailers } of commits.value) {
    const read = parseTrailers(trailers);
    if (read.diagnostics.length > 0) return { value: undefined, diagnostics: read.diagnostics };
    const tree = await treeOf(repository, hash);
    if (tree.value === undefined) return tree;
    const { trailer, tree: own } = read.value ?? {};
    isOurs &&= own === tree.value && trailer !== undefined && sameJson({ ...trailer.key }, { ...wanted.key });
    if (hash === tip.value) content = trailer;
  }
  const [only] = commits.value;
  const isOnBase = commits.value.length === 1 && only?.parents.length === 1 && only.parents[0] === wanted.base;
  const isCurrent = isOnBase && content?.digest === wanted.digest && content.tool === wanted.tool && content.step === wanted.step;
  return success({ tip: tip.value, isOurs, isCurrent });
}
