import type { StoryStep } from '../model/pull-request-story.ts';
import type { RolloutPlan, RolloutStep } from '../model/rollout.ts';
import { lengthWords } from './blocks.ts';

/** The steps of a plan as a pull request tells them; `now` is the one that it brings, counted from 0, and all before it are done. */
export function storySteps({ steps }: RolloutPlan, now: number): readonly StoryStep[] {
  return steps.map((step, i) => ({ name: stepWords(step), state: i < now ? 'done' : i === now ? 'now' : 'to-come', note: noteOf(step) }));
}

/** '25 %', 'a copy of 10 %' */
export function stepWords({ percent, mirror }: RolloutStep): string {
  return percent === 0 && mirror !== undefined ? `a copy of ${mirror} %` : `${percent} %`;
}

function noteOf({ soak, gates, approve }: RolloutStep): string {
  return [
    ...(soak > 0 ? [`soak ${lengthWords(soak)}`] : []),
    ...(gates.length > 0 ? [`gates ${gates.join(', ')}`] : []),
    ...(approve ? ['waits for a person'] : []),
  ].join(', ');
}
