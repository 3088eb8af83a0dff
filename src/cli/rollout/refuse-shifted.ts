import { serviceWords } from '../../model/words.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import { refusal } from '../usage-error.ts';

/** Ends a command that would begin to move a service whose weights a controller in the cluster moves. */
export function refuseShifted({ intents }: RolloutEntry): void {
  for (const intent of intents) {
    const { weights = 'git' } = intent.kind === 'service' ? serviceWords(intent) : {};
    if (weights === 'git') continue;
    throw refusal(`${intent.name} says \`weights: ${weights}\`: two who move its traffic would take turns for ever`, [
      `begin it as ${weights} does; or end that, and write \`weights: git\` before the first step`,
    ]);
  }
}
