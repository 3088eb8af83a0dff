import type { ToldRollout } from './rollout-text.ts';

/** Rollouts for machines: where each is, what comes next, and what that waits for. Times are seconds since 1970. */
export function renderRolloutsJson(rollouts: readonly ToldRollout[]): string {
  const told = rollouts.map(({ state, move, isUndated, pullRequest }) => ({
    environment: state.environment,
    rollout: state.subject,
    train: state.isTrain,
    members: state.members,
    ...(state.queued === undefined ? {} : { queued: state.queued }),
    ...(state.plan.hold === undefined ? {} : { hold: state.plan.hold }),
    ...(state.mergedAt === undefined ? {} : { mergedAt: state.mergedAt }),
    ...(state.liveSince === undefined ? {} : { liveSince: state.liveSince }),
    historyIsWhole: !isUndated,
    next: move,
    ...(pullRequest === undefined ? {} : { pullRequest }),
  }));
  return `${JSON.stringify({ rollouts: told }, null, 2)}\n`;
}
