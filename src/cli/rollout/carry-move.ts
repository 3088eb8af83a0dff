import type { PullRequestKey } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import type { RolloutMove, Seconds } from '../../model/rollout.ts';
import { branchName } from '../../pipelines/propose/propose.ts';
import type { MadeMove } from '../../pipelines/rollouts/rollout-change.ts';
import { identitiesOf } from '../../repo/git/identity.ts';
import { isSigned } from '../../repo/git/signing.ts';
import { valueWords } from '../../report/decision-words.ts';
import { trailerDigest, trailerStep } from '../../report/pull-request-trailer.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { ProposeFlags } from '../arguments/propose.ts';
import type { CliContext } from '../cli-context.ts';
import { branchState } from '../propose/branch-state.ts';
import type { CommitSettings, Proposed } from '../propose/carry-out.ts';
import { refusalText } from '../propose/refusal-text.ts';
import type { BaseRollouts } from './base-rollouts.ts';
import type { OpenPull } from './open-pull.ts';

/** Commits are of the time that the decision is of: who replays a history by `--now` gets the same one, down to its hashes. */
export function commitSettings(
  context: CliContext,
  { session: { repository } }: BaseRollouts,
  flags: ProposeFlags & { readonly now?: Seconds },
): Result<CommitSettings> {
  const identities = identitiesOf(repository, flags.author);
  if (identities.value === undefined) return identities;
  return success({
    identities: identities.value,
    at: flags.now ?? context.now(),
    sign: isSigned(repository, flags.sign),
    ...(flags.signOff === undefined ? {} : { signOff: flags.signOff }),
  });
}

/**
 * Whether a pull request proposes this step already: made from this commit of the base branch, by this release, and touched by nobody. Then
 * all that it says would come out the same, but for what gates saw: they are asked at every run, and it stays with what they said when
 * it was made.
 */
export async function isProposed(
  { session, commit }: BaseRollouts,
  key: PullRequestKey,
  { pull }: Pick<OpenPull, 'pull'>,
  step: string,
  tool: string,
): Promise<Result<boolean>> {
  const [said, digest] = pull === undefined ? [] : [trailerStep(pull.body), trailerDigest(pull.body)];
  if (pull === undefined || digest === undefined || (said !== step && said?.startsWith(`${step}-`) !== true)) return success(false);
  const state = await branchState(session, branchName(key), { schema: 1, key, digest, base: commit, tool, step: said });
  if (state.value === undefined && state.diagnostics.length > 0) return { value: undefined, diagnostics: state.diagnostics };
  if (state.value?.isOurs !== true || !state.value.isCurrent) return success(false);
  const statuses = await session.forge?.statuses(pull.headCommit);
  // One that had to wait is made anew: whether it merges by itself has to be said again.
  return success(statuses?.ok !== true || !statuses.value.some((status) => status.name === waitingStatus && status.state === 'pending'));
}

const waitingStatus = 'mainsheet/rollout';

/** What was kept from being merged is not any more. */
export async function release({ session: { forge } }: BaseRollouts, proposed: Proposed): Promise<void> {
  if (forge === undefined || !('commit' in proposed) || proposed.commit === undefined) return;
  await forge.report(proposed.commit, [{ name: waitingStatus, state: 'success', description: 'nothing keeps it from being merged' }]);
}

/** What waits is no longer to be merged by itself, and says why it waits. */
export async function suspend({ session: { forge } }: BaseRollouts, { pull }: Pick<OpenPull, 'pull'>, move: RolloutMove): Promise<void> {
  if (forge === undefined || pull === undefined) return;
  const description = move.kind === 'wait' ? move.blocks.map(({ reason }) => reason).join('; ') : 'nothing is to be done any more';
  await forge.report(pull.headCommit, [{ name: waitingStatus, state: 'pending', description: description.slice(0, 140) }]);
  if (pull.automerge) await forge.update(pull.number, { automerge: 'off' });
  if (move.kind === 'done') await forge.update(pull.number, { state: 'closed' });
}

/** Why a move can't be made: for people. */
export function failureText(subject: string, { name, refused, unsafe }: MadeMove): string {
  const lines = refused.flatMap(({ title, reason, patch }) => [`  ${title}: ${reason}`, `    ${valueWords(patch)}`]);
  const byHand = lines.length === 0 ? [] : [`${subject}: ${name} can't be written. Change by hand:`, ...lines];
  return [...byHand.map(visibleText), ...unsafe.map(refusalText)].map((line) => `${line}\n`).join('');
}
