/**
 * The page of all that the decision about a rollout rests on.
 *
 *   states ──with what was measured, freezes, others──▶ situations ──decide──▶ moves
 *
 * A pure function. Who asks git, forges and metrics servers, and what time it is, are nothing that is known here.
 */
import type { LoadedEnvironment } from '../../model/environment.ts';
import { gatesOf } from '../../model/gates.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import { intentTitle } from '../../model/intent.ts';
import type { PromotionStage, RolloutMember, RolloutMove, RolloutState, Seconds } from '../../model/rollout.ts';
import { decide } from '../../rollout/decide.ts';
import { isVersioned, subjectName } from '../../rollout/named-intent.ts';
import { unreadyMembers } from '../../rollout/readiness.ts';
import {
  type MemberEvidence,
  noSurroundings,
  type RolloutSituation,
  type RolloutSurroundings,
  type UpstreamFact,
} from '../../rollout/situation.ts';
import { stableSince } from '../../rollout/state.ts';
import { isActive, isBegun, isComing, isMoving } from '../../rollout/steps.ts';
import { usesOfPrevious } from '../../rollout/version-uses.ts';
import type { RolloutEntry } from './rollout-moves.ts';
import type { Histories } from './rollouts.ts';

/** What the environment upstream says of the versions that a rollout moves to, or is asked to move to; of one that can't be read (undefined) none is known to be stable. */
export function upstreamFacts(
  { environment, soak }: PromotionStage,
  read: { readonly loaded: LoadedEnvironment; readonly histories: Histories } | undefined,
  { members, queued }: RolloutState,
  asked?: string,
): readonly UpstreamFact[] {
  return members.flatMap((member): readonly UpstreamFact[] => {
    const version = asked ?? member.canary?.version ?? member.target ?? queued;
    if (version === undefined) return [];
    const unknown = { environment, service: member.service, version, soak };
    if (read === undefined) return [unknown];
    const intent = read.loaded.intents.find((one) => isVersioned(one) && subjectName(one) === member.service);
    if (intent === undefined) return [];
    const date = intent.value.stable === version ? stableSince(intent.value, read.histories.get(intentTitle(intent)) ?? []) : undefined;
    return [{ ...unknown, ...(date === undefined ? {} : { stableSince: date }) }];
  });
}

/** What is known besides the intents; by subject where it is one rollout's. */
export interface RolloutFacts {
  readonly now: Seconds;
  readonly evidence?: readonly MemberEvidence[];
  readonly liveSince?: Seconds;
  readonly around?: Partial<RolloutSurroundings>;
}

/**
 * All that the decision about a rollout rests on. Without a live check of its own, a step is live when it is merged; so is one at which no version is on its way
 * (a phase before, the finish), where a share is the check: there is none to observe.
 */
export function situationOf(
  loaded: LoadedEnvironment,
  { state }: RolloutEntry,
  all: readonly RolloutEntry[],
  facts: RolloutFacts,
): RolloutSituation {
  const { mergedAt, plan } = state;
  const liveSince =
    facts.liveSince ?? (plan.live.kind === 'merge' || (plan.live.kind === 'gate' && !isActive(state)) ? mergedAt : undefined);
  // One whose first share is still to come as a phase has its place, and its services, already.
  const claimed = all.filter((other) => other.state.subject !== state.subject && isBegun(other.state));
  return {
    state: { ...state, ...(liveSince === undefined ? {} : { liveSince }) },
    now: facts.now,
    gates: new Map(gatesOf(loaded.environment).map((gate) => [gate.name, gate])),
    evidence: facts.evidence ?? [],
    guardrails: guardrailsOf(loaded.environment),
    surroundings: {
      ...noSurroundings,
      otherActive: claimed.length,
      unready: unreadyMembers(loaded.intents, loaded.registry, state),
      inUse: usesOfPrevious(loaded.intents, state),
      claimedBy: new Map(claimed.flatMap((other) => claimedBy(other).map(({ service }) => [service, claimTitle(other)] as const))),
      ...facts.around,
    },
  };
}

/** All who ride a train, also those whose turn has not come; of a service it is itself. */
function claimedBy({ state: { isTrain, members } }: RolloutEntry): readonly RolloutMember[] {
  return isTrain ? members : members.filter((member) => isMoving(member) || isComing(member));
}

function claimTitle({ state }: RolloutEntry): string {
  return state.isTrain ? `train ${state.subject}` : 'a rollout of its own';
}

export function moveOf(situation: RolloutSituation): RolloutMove {
  return decide(situation);
}

export { type LiveAnswer, liveByStatus } from '../../rollout/live-status.ts';
export { readinessFault } from '../../rollout/readiness.ts';
export type { RolloutSituation } from '../../rollout/situation.ts';
