/**
 * The page of what a pull request tells of a rollout.
 *
 *   intents with the change ──▶ state ──▶ its steps, done, now and to come, and what follows
 */
import type { LoadedEnvironment } from '../../model/environment.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import type { Intent } from '../../model/intent.ts';
import type { StoryStep } from '../../model/pull-request-story.ts';
import { isActive, positions } from '../../rollout/steps.ts';
import { storySteps } from '../../rollout/story-steps.ts';
import { whatFollows } from '../../rollout/what-follows.ts';
import { rolloutsOf } from './rollouts.ts';

/** A rollout as a pull request tells it: where it is once that is merged, and what comes then. */
export interface RolloutStory {
  /** As commands name it. */
  readonly name: string;
  /** None where no version is on its way. */
  readonly steps: readonly StoryStep[];
  readonly follows?: string;
}

/** What an environment says of the rollout of a subject; undefined where there is none. */
export function rolloutStory(loaded: LoadedEnvironment, isSubject: (intent: Intent) => boolean): RolloutStory | undefined {
  const entry = rolloutsOf(loaded).find(({ subject }) => isSubject(subject));
  if (entry === undefined) return undefined;
  const { state } = entry;
  const follows = whatFollows(state, guardrailsOf(loaded.environment).freeze.length > 0);
  const steps = isActive(state) && !state.isReturning ? storySteps(state.plan, Math.max(...positions(state))) : [];
  return { name: state.subject, steps, ...(follows === undefined ? {} : { follows }) };
}

export { storySteps } from '../../rollout/story-steps.ts';
