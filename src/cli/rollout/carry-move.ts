import type { PullRequestDraft } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import type { RolloutMove } from '../../model/rollout.ts';
import { identitiesOf } from '../../repo/git/identity.ts';
import { isSigned } from '../../repo/git/signing.ts';
import { valueWords } from '../../report/decision-words.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { MadeMove } from '../../rollout-change.ts';
import type { ProposeFlags } from '../arguments/propose.ts';
import type { CliContext } from '../cli-context.ts';
import { branchState } from '../propose/branch-state.ts';
import { type CommitSettings, carryOut, type Proposed } from '../propose/carry-out.ts';
import { refusalText } from '../propose/refusal-text.ts';
import type { BaseRollouts } from './base-rollouts.ts';
import type { OpenPull } from './open-pull.ts';

export function commitSettings(
  context: CliContext,
  { session: { repository } }: BaseRollouts,
  flags: ProposeFlags,
): Result<CommitSettings> {
  const identities = identitiesOf(repository, flags.author);
  if (identities.value === undefined) return identities;
  return success({
    identities: identities.value,
    at: context.now(),
    sign: isSigned(repository, flags.sign),
    ...(flags.signOff === undefined ? {} : { signOff: flags.signOff }),
  });
}

/**
 * Makes a draft the pull request of its key. One that proposes the same on the same base stays as it is, with what gates saw when it was
 * made: they are asked at every run, and would say it a little differently each time.
 */
export async function carryMove(
  base: BaseRollouts,
  draft: PullRequestDraft,
  { pull }: Pick<OpenPull, 'pull'>,
  commit: CommitSettings,
  isDry: boolean,
): Promise<Proposed> {
  if (pull !== undefined) {
    const state = await branchState(base.session, draft.branch, draft.trailer);
    if (state.value === undefined && state.diagnostics.length > 0) return { outcome: 'failed', diagnostics: state.diagnostics };
    if (state.value?.isOurs === true && state.value.isCurrent)
      return { outcome: 'unchanged', branch: 'keep', commit: state.value.tip, pullRequest: pull, warnings: [] };
  }
  return await carryOut(base.session, draft, commit, isDry);
}

/** What waits is no longer to be merged by itself, and says why it waits. */
export async function suspend({ session: { forge } }: BaseRollouts, { pull }: Pick<OpenPull, 'pull'>, move: RolloutMove): Promise<void> {
  if (forge === undefined || pull === undefined) return;
  const description = move.kind === 'wait' ? move.blocks.map(({ reason }) => reason).join('; ') : 'nothing is to be done any more';
  await forge.report(pull.headCommit, [{ name: 'mainsheet/rollout', state: 'pending', description: description.slice(0, 140) }]);
  if (pull.automerge) await forge.update(pull.number, { automerge: 'off' });
  if (move.kind === 'done') await forge.update(pull.number, { state: 'closed' });
}

/** Why a move can't be made: for people. */
export function failureText(subject: string, { name, refused, unsafe }: MadeMove): string {
  const lines = refused.flatMap(({ title, reason, patch }) => [`  ${title}: ${reason}`, `    ${valueWords(patch)}`]);
  const byHand = lines.length === 0 ? [] : [`${subject}: ${name} can't be written. Change by hand:`, ...lines];
  return [...byHand.map(visibleText), ...unsafe.map(refusalText)].map((line) => `${line}\n`).join('');
}
