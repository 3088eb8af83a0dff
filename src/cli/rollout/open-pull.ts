import type { ForgePort, ForgePullRequest } from '../../model/forge.ts';
import type { PullRequestKey } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import { branchName } from '../../pipelines/propose/propose.ts';
import type { RolloutFacts } from '../../pipelines/rollouts/rollout-situation.ts';
import { diagnoseFailure } from '../../repo/forge/diagnose-failure.ts';
import { trailerStep } from '../../report/pull-request-trailer.ts';

/** The open pull request of a key, and what it means for a rollout. */
export interface OpenPull {
  readonly pull?: ForgePullRequest;
  readonly around: NonNullable<RolloutFacts['around']>;
}

const ownSteps = /^(canary|mirror|back)-\d|^(finish|retire|rollback|hold|phase)(-|$)/;

/** Whether a trailer's step is one of a rollout, and not of a person's proposal. */
export function isOwnStep(step: string | undefined): boolean {
  return step !== undefined && ownSteps.test(step);
}

/** A pull request that tells no step of a rollout is a person's: an edit that was proposed. */
export async function openPull(forge: ForgePort | undefined, key: PullRequestKey): Promise<Result<OpenPull>> {
  if (forge === undefined) return success({ around: {} });
  const found = await forge.find(branchName(key));
  if (!found.ok) return { value: undefined, diagnostics: [diagnoseFailure(found.failure)] };
  const pull = found.value.find(({ state }) => state === 'open');
  if (pull === undefined) return success({ around: {} });
  const step = trailerStep(pull.body);
  if (step === undefined || !isOwnStep(step)) return success({ pull, around: { foreignPullRequest: `pull request ${pull.number}` } });
  const isBack = step.startsWith('rollback') || step.startsWith('back-');
  return success({ pull, around: isBack ? { proposedRollback: `proposed by pull request ${pull.number}` } : {} });
}
