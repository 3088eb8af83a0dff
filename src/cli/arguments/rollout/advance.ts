import type { CommandArguments } from '../../command.ts';
import { type ProposeFlags, proposeArguments } from '../propose.ts';
import { automergeFlag, nowFlag } from './rollout-flags.ts';

export type RolloutAdvanceFlags = Omit<ProposeFlags, 'title' | 'message'> & { readonly all?: boolean; readonly now?: number };

const { title: _, message: __, ...proposing } = proposeArguments.parameters.flags ?? {};

export const rolloutAdvanceArguments: CommandArguments<RolloutAdvanceFlags, [string?]> = {
  brief: 'Propose what comes next for rollouts: the scheduled run',
  about: `For each rollout of the base branch it decides what comes next (a step, a phase, the finish, the retirement of the old version,
or the way back) and opens or updates its one pull request; what has to wait is told with its reasons. It is safe to skip, to repeat and to
run twice at once: everything is decided anew from the base branch. \`rollout status\` shows the same without proposing it.

Exit codes: 0 proposed, or nothing to do, 1 an input has errors, 3 git, the forge or a server failed (run again), 4 refused for safety, or a person closed the way back.`,
  examples: [
    { line: 'mainsheet rollout advance --all', does: 'What CI runs on a schedule' },
    { line: 'mainsheet rollout advance reviews --env prod --dry-run', does: 'Show what would be proposed for one' },
    { line: 'mainsheet rollout advance --all --automerge gated', does: 'Let steps whose gates passed merge by themselves' },
  ],
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, optional: true, brief: 'A service or train; else --all', placeholder: 'ROLLOUT' }],
    },
    flags: {
      ...proposing,
      automerge: automergeFlag,
      all: { kind: 'boolean', optional: true, withNegated: false, brief: 'Every rollout' },
      now: nowFlag,
    },
    aliases: { e: 'env', n: 'dryRun' },
  },
};
