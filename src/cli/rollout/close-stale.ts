import type { Diagnostic } from '../../model/diagnostic.ts';
import { keyIn } from '../../model/pull-request.ts';
import { branchName } from '../../pipelines/propose/propose.ts';
import { diagnoseFailure } from '../../repo/forge/diagnose-failure.ts';
import { remoteBranches } from '../../repo/git/remote-branches.ts';
import { trailerStep } from '../../report/pull-request-trailer.ts';
import type { BaseRollouts } from './base-rollouts.ts';
import { isOwnStep } from './open-pull.ts';

const said = 'Closed: the base branch has no such rollout any more, so this step would begin it again.';

/** Closes the pull request of a branch if it proposes a step of a rollout that there is not any more. */
export async function closeStep({ session: { forge } }: BaseRollouts, branch: string): Promise<readonly Diagnostic[]> {
  const found = await forge?.find(branch);
  if (found === undefined) return [];
  if (!found.ok) return [diagnoseFailure(found.failure)];
  const stale = found.value.find(({ state, body }) => state === 'open' && isOwnStep(trailerStep(body)));
  if (forge === undefined || stale === undefined) return [];
  // The comment comes first, so that no close is without its reason.
  for (const act of [
    () => forge.comment(stale.number, 'stale-step', said),
    () => forge.update(stale.number, { state: 'closed' as const }),
  ]) {
    const done = await act();
    if (!done.ok) return [diagnoseFailure(done.failure)];
  }
  return [];
}

/** The same for every branch of these environments that none of the rollouts there are has. `known` are branches of those. */
export async function closeStaleSteps(
  base: BaseRollouts,
  environments: readonly string[],
  known: ReadonlySet<string>,
): Promise<readonly Diagnostic[]> {
  const { repository, remote, access, forge } = base.session;
  if (forge === undefined) return [];
  const tips = await remoteBranches(repository, remote, [], access, 'push');
  if (tips.value === undefined) return tips.diagnostics;
  const folders = environments.map((environment) => branchName(keyIn(repository.prefix, { environment, subject: 'x' })).slice(0, -1));
  const others = [...tips.value.keys()].filter((branch) => !known.has(branch) && folders.some((folder) => branch.startsWith(folder)));
  const diagnostics: Diagnostic[] = [];
  for (const branch of others) diagnostics.push(...(await closeStep(base, branch)));
  return diagnostics;
}
