import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { branchName, type FoundChange, pullRequestsWithinLimit } from '../../pipelines/propose/propose.ts';
import { diagnoseFailure } from '../../repo/forge/diagnose-failure.ts';
import { remoteBranches } from '../../repo/git/remote-branches.ts';
import type { ProposeSession } from './propose-session.ts';

/**
 * Branches of changes that are left for later runs, so that this one opens no more pull requests than it may. Phases that follow by themselves
 * can wait, and are opened in the order of their branches; what a person has edited is proposed whole or refused (MS8026): a part of it would be
 * one that nobody chose. Pull requests that are open already do not count. Nothing is asked where there are so few changes in any case.
 */
export async function laterBranches(
  session: ProposeSession,
  found: readonly FoundChange[],
  limit: number,
): Promise<Result<ReadonlySet<string>>> {
  if (found.length <= limit) return success(new Set());
  const { repository, remote, access } = session;
  const tips = await remoteBranches(repository, remote, [], access, 'push');
  if (tips.value === undefined) return tips;
  let opened = 0;
  const later = new Set<string>();
  for (const { key, isEdited } of [...found].sort((a, b) => Number(b.isEdited) - Number(a.isEdited))) {
    const branch = branchName(key);
    const isOpen: Result<boolean> = tips.value.has(branch) ? await isOpenThere(session, branch) : success(false);
    if (isOpen.value === undefined) return isOpen;
    if (isOpen.value) continue;
    if (opened < limit) opened += 1;
    else if (!isEdited) later.add(branch);
    else {
      const changes = found.filter((one) => one.isEdited).length;
      return { value: undefined, diagnostics: [diagnose(pullRequestsWithinLimit, { params: { changes, limit } })] };
    }
  }
  return success(later);
}

/** A branch without its pull request is none that is open; where the forge is not asked, a branch has one. */
async function isOpenThere({ forge }: ProposeSession, branch: string): Promise<Result<boolean>> {
  const pulls = await forge?.find(branch);
  if (pulls === undefined) return success(true);
  return pulls.ok
    ? success(pulls.value.some(({ state }) => state === 'open'))
    : { value: undefined, diagnostics: [diagnoseFailure(pulls.failure)] };
}
