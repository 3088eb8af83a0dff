import type { CanaryState, RolloutMember, RolloutPlan, RolloutState } from '../model/rollout.ts';

/**
 * Which step of the plan a canary stands at; -1 = before the first. A share that is none of the plan's (a person chose it) counts as the
 * last step that is smaller, so that the next one is always more than what is there.
 */
export function stepOf({ steps }: RolloutPlan, canary: CanaryState | undefined): number {
  if (canary === undefined) return -1;
  const { percent, mirror } = canary;
  const exact = steps.findLastIndex((step) => step.percent === percent && (step.mirror ?? 0) === mirror);
  if (exact !== -1) return exact;
  return steps.findLastIndex((step) => step.percent < percent || (step.percent === percent && percent > 0));
}

/** Whether a member is on its way, with this rollout: a train's with the version that the train brings. */
export function isMoving({ canary, target }: RolloutMember): boolean {
  return canary !== undefined && (target === undefined || canary.version === target);
}

/** Whether the rollout is on its way: a share, however small, is given to a new version, or is about to be. */
export function isActive({ members }: RolloutState): boolean {
  return members.some(isMoving);
}

/** Whether a version has been made ready for its first share, with this rollout, which is still to come as a phase. */
export function isComing({ coming, target }: RolloutMember): boolean {
  return coming !== undefined && (target === undefined || coming === target);
}

/** Whether there is something to go back from before anything is stable anew: a share, or the phases before the first. */
export function isBegun(state: RolloutState): boolean {
  return isActive(state) || state.members.some(isComing);
}

export function movingMembers({ members }: RolloutState): readonly RolloutMember[] {
  return members.filter(isMoving);
}

/** Where each member of a rollout stands; one whose stable version is the train's has arrived, and waits at the last step. */
export function positions({ plan, members }: RolloutState): readonly number[] {
  return members.map((member) => (hasArrived(member) ? plan.steps.length - 1 : stepOf(plan, isMoving(member) ? member.canary : undefined)));
}

export function hasArrived({ stable, target, canary }: RolloutMember): boolean {
  return target !== undefined && stable === target && canary === undefined;
}

/** The member whose turn it is, and whether all others wait for it at the same step: the first of those that are furthest behind. */
export function turnOf(state: RolloutState): { readonly member?: RolloutMember; readonly step: number; readonly isAligned: boolean } {
  const all = positions(state);
  const step = Math.min(...all);
  const member = state.members[all.indexOf(step)];
  return { step, isAligned: all.every((one) => one === step), ...(member === undefined ? {} : { member }) };
}

/** The next share on the way back. */
export function backFrom({ back = [] }: RolloutPlan, percent: number): number {
  return back.find((share) => share < percent) ?? 0;
}

/** 'canary-25', 'mirror-10': a step as trailers and titles name it. */
export function stepName({ steps }: RolloutPlan, index: number): string {
  const step = steps[index];
  if (step === undefined) return 'start';
  return step.percent === 0 && step.mirror !== undefined ? `mirror-${step.mirror}` : `canary-${step.percent}`;
}
