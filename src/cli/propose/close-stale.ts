import { rootAt } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { branchName, parseTrailers, type ReadTrailers } from '../../pipelines/propose/propose.ts';
import { diagnoseFailure } from '../../repo/forge/diagnose-failure.ts';
import { isAncestor, readCommit, treeOf } from '../../repo/git/branch-commits.ts';
import { fetchTips } from '../../repo/git/fetch-commit.ts';
import { remoteBranches } from '../../repo/git/remote-branches.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import { trailerDigest } from '../../report/pull-request-trailer.ts';
import type { ProposeSession } from './propose-session.ts';

export interface StaleRequest {
  /** The commit of the base branch. */
  readonly commit: string;
  /** Branches that this run proposes. */
  readonly proposed: readonly string[];
  readonly environments?: readonly string[];
  readonly isDry?: boolean;
}

/**
 * Closes pull requests of phases that cannot follow any more: the base branch had the rest of a change as `next:` when they were made, and has
 * it no longer. Of all else that nobody proposes here another work tree may hold the change: that stays open. Answers what was closed.
 */
export async function closeStale(session: ProposeSession, request: StaleRequest): Promise<Result<readonly string[]>> {
  const { repository, remote, access, forge, base } = session;
  const tips = forge === undefined ? success(new Map<string, string>()) : await remoteBranches(repository, remote, [], access, 'push');
  if (tips.value === undefined) return tips;
  const told: string[] = [];
  const others = new Map([...tips.value].filter(([branch]) => branch.startsWith('mainsheet/') && !request.proposed.includes(branch)));
  await fetchTips(repository, remote, others, access);
  for (const [branch, tip] of others) {
    if (forge === undefined || !(await isTakenBack(repository, branch, tip, request))) continue;
    const found = await forge.find(branch);
    if (!found.ok) return { value: undefined, diagnostics: [diagnoseFailure(found.failure)] };
    const open = found.value.find((pull) => pull.state === 'open' && pull.base === base.branch && trailerDigest(pull.body) !== undefined);
    if (open === undefined) continue;
    told.push(
      `pull request ${open.number} ${request.isDry === true ? 'would be' : 'is'} closed: ${base.branch} has taken back what it goes on with`,
    );
    if (request.isDry === true) continue;
    const words = `Closed: ${base.branch} no longer has the \`next:\` that this phase goes on with. Once it is there again, the phase is proposed anew.`;
    for (const step of [() => forge.comment(open.number, 'stale', words), () => forge.update(open.number, { state: 'closed' })]) {
      const done = await step();
      if (!done.ok) return { value: undefined, diagnostics: [diagnoseFailure(done.failure)] };
    }
  }
  return success(told);
}

/** Whether a branch is a phase of Mainsheet's own, untouched and not merged, whose `next:` is gone from the base branch. What can't be told is not. */
async function isTakenBack(repository: GitRepository, branch: string, tip: string, request: StaleRequest): Promise<boolean> {
  const own = await ownPhase(repository, branch, tip, request);
  if (own === undefined) return false;
  const [isKnown, isMerged] = [
    await isAncestor(repository, own.trailer.base, request.commit),
    await isAncestor(repository, tip, request.commit),
  ];
  if (isKnown.value !== true || isMerged.value === true || own.trailer.base === request.commit) return false;
  const changed = await repository.run(['diff', '--name-only', '-z', '--no-renames', own.trailer.base, tip, '--']);
  const files = changed.output
    .toString('utf8')
    .split('\0')
    .filter((path) => /\.ya?ml$/.test(path));
  for (const file of files) {
    const [was, here, now] = [
      await hasNext(repository, own.trailer.base, file),
      await hasNext(repository, tip, file),
      await hasNext(repository, request.commit, file),
    ];
    if (was && !here && !now) return true;
  }
  return false;
}

async function ownPhase(
  repository: GitRepository,
  branch: string,
  tip: string,
  { environments }: StaleRequest,
): Promise<ReadTrailers | undefined> {
  const commit = await readCommit(repository, tip);
  const read = parseTrailers(commit.value?.trailers ?? []).value;
  const tree = await treeOf(repository, tip);
  if (read === undefined || read.tree !== tree.value || branchName(read.trailer.key) !== branch) return undefined;
  if (read.trailer.key.root !== rootAt(repository.prefix)) return undefined;
  if (environments?.includes(read.trailer.key.environment) === false) return undefined;
  return /^(expand|shift|contract)$/.test(read.trailer.step ?? '') ? read : undefined;
}

/** A document says something is still to come; false where the file is not there. */
async function hasNext(repository: GitRepository, commit: string, file: RepoPath): Promise<boolean> {
  const answer = await repository.run(['cat-file', 'blob', `${commit}:${file}`]);
  return answer.code === 0 && /^next:/m.test(answer.output.toString('utf8'));
}
