import type { LoadedEnvironment } from '../../model/environment.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import { trainGoingBackWith } from '../../pipelines/rollouts/rollouts.ts';
import { refusal } from '../usage-error.ts';

/** Ends a command that takes back one service of a train, and says which takes back all of it; `words` are the command's own for that. */
export function refuseRider(loaded: LoadedEnvironment, entry: RolloutEntry, words: (train: string) => string): void {
  const train = trainGoingBackWith(loaded, entry);
  if (train === undefined) return;
  const riders = train.members.map(({ service }) => service).join(', ');
  throw refusal(`${entry.state.subject} rides the train ${train.subject}, which goes back as one: ${riders}`, [
    `all of it goes back with: mainsheet rollout ${words(train.subject)} --env ${train.environment}`,
  ]);
}
