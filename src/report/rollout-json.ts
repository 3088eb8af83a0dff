import { nextWords, shareWords, type ToldRollout, versionWords } from './rollout-text.ts';
import { visibleJson } from './visible-text.ts';

/**
 * Rollouts for machines: where each is, what comes next, and what that waits for. Times are seconds since 1970; `words` say version, share and
 * what comes next as people read them.
 */
export function renderRolloutsJson(rollouts: readonly ToldRollout[]): string {
  return `${visibleJson({ rollouts: rolloutsJson(rollouts) })}\n`;
}

/** The same beside other things. */
export function rolloutsJson(rollouts: readonly ToldRollout[]): readonly object[] {
  return rollouts.map(({ state, move, isUndated, pullRequest, pullRequestUrl }) => ({
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
    words: { version: versionWords(state), share: shareWords(state), next: nextWords(state, move) },
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...(pullRequestUrl === undefined ? {} : { pullRequestUrl }),
  }));
}
