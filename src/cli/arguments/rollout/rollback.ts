import type { CommandArguments } from '../../command.ts';
import { type ProposeFlags, proposeArguments } from '../propose.ts';
import { environmentFlag } from '../shared-flags.ts';
import { automergeFlag, nowFlag } from './rollout-flags.ts';

export type RolloutRollbackFlags = Omit<ProposeFlags, 'title' | 'env' | 'maxPullRequests'> & {
  readonly env?: string;
  readonly direct?: boolean;
  readonly gradual?: boolean;
  readonly now?: number;
};

const { title: _, env: __, maxPullRequests: ___, ...proposing } = proposeArguments.parameters.flags ?? {};

export const rolloutRollbackArguments: CommandArguments<RolloutRollbackFlags, [string]> = {
  brief: 'Go back to what was stable, at once',
  about: `Proposes the way back of one rollout of the base branch: to \`stable\` while a canary is open, to \`previous\` after the finish. No
freeze, soak, hold, limit or gate keeps it, it touches that rollout's files alone, and run again it changes nothing. With --direct the same
commit is pushed to the base branch itself, where the forge allows that.

Exit codes: 0 proposed, or there already, 1 an input has errors, 3 git or the forge failed (run again), 4 refused for safety.`,
  examples: [
    { line: 'mainsheet rollout rollback reviews --env prod', does: 'Open the pull request that goes back' },
    { line: 'mainsheet rollout rollback reviews --env prod --direct -m "INC-4711"', does: 'Go back now' },
  ],
  parameters: {
    positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'A service or train', placeholder: 'ROLLOUT' }] },
    flags: {
      ...proposing,
      automerge: automergeFlag,
      env: environmentFlag,
      now: nowFlag,
      direct: { kind: 'boolean', optional: true, withNegated: false, brief: 'Push to the base branch instead of proposing' },
      gradual: { kind: 'boolean', optional: true, withNegated: false, brief: 'By the steps of `back:`, one pull request each' },
    },
    aliases: { e: 'env', n: 'dryRun', m: 'message' },
  },
};
