import type { CommandArguments } from '../../command.ts';
import { environmentFlag, rootFlag, shortJsonFlag } from '../shared-flags.ts';
import { jsonFlag, nowFlag } from './rollout-flags.ts';

/** Of commands that edit the intents in the work tree. */
export type RolloutEditFlags = {
  readonly env?: string;
  readonly now?: number;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly root?: string;
};

export type RolloutHoldFlags = RolloutEditFlags & { readonly reason?: string };

const parameters = {
  positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'A service or train', placeholder: 'ROLLOUT' }] },
  flags: {
    env: environmentFlag,
    now: nowFlag,
    dryRun: { kind: 'boolean', optional: true, withNegated: false, brief: 'Show what would be written' },
    format: jsonFlag,
    json: shortJsonFlag,
    root: rootFlag,
  },
  aliases: { e: 'env', n: 'dryRun' },
} as const;
const codes = `It edits the intents in the work tree, with comments and order as they are; \`mainsheet propose\` proposes that like any other edit.

Exit codes: 0 written, or said already, 1 an input has errors, 3 the disk failed (run again), 4 refused for safety.`;

export const rolloutHoldArguments: CommandArguments<RolloutHoldFlags, [string]> = {
  brief: 'Keep a rollout where it is',
  about: `Says in the intent that the rollout is held, and why: no step follows until \`rollout resume\`. A rollback passes it. ${codes}`,
  examples: [
    { line: 'mainsheet rollout hold reviews --env prod -m "until the fair is over"', does: 'Hold it, and say why' },
    { line: 'mainsheet rollout hold reviews --env prod --dry-run', does: 'Show what would be written' },
    { line: 'mainsheet rollout hold checkout-2026-48 --env prod', does: 'Hold a train, with all its services' },
  ],
  parameters: {
    ...parameters,
    flags: { ...parameters.flags, reason: { kind: 'parsed', parse: String, optional: true, brief: 'Why', placeholder: 'TEXT' } },
    aliases: { ...parameters.aliases, m: 'reason' },
  },
};

export const rolloutResumeArguments: CommandArguments<RolloutEditFlags, [string]> = {
  brief: 'Let a rollout that is held go on',
  about: `Takes away what \`rollout hold\`, or a failed gate with \`onFailure: hold\`, wrote. ${codes}`,
  examples: [
    { line: 'mainsheet rollout resume reviews --env prod', does: 'Let it go on' },
    { line: 'mainsheet rollout resume reviews --env prod --dry-run', does: 'Show what would be written' },
    { line: 'mainsheet rollout resume checkout-2026-48 --env prod', does: 'Let a train go on' },
  ],
  parameters,
};

export const rolloutAbortArguments: CommandArguments<RolloutEditFlags, [string]> = {
  brief: 'Give a rollout up: back to what is stable, and nothing queued behind it',
  about: `Takes the canary out of the intents, and what was asked for to follow it. To go back at once, without an edit of the work tree, there
is \`rollout rollback\`. ${codes}`,
  examples: [
    { line: 'mainsheet rollout abort reviews --env prod', does: 'Give it up' },
    { line: 'mainsheet rollout abort reviews --env prod --dry-run', does: 'Show what would be written' },
    { line: 'mainsheet rollout abort checkout-2026-48 --env prod', does: 'Give a train up, with all its services' },
  ],
  parameters,
};

export const rolloutFinishArguments: CommandArguments<RolloutEditFlags, [string]> = {
  brief: 'Make the new version stable now, whatever steps are left',
  about: `The canary's version becomes \`stable\`, and what was stable \`previous\`. Soaks and gates of the steps that are left are not waited
for; a freeze, a hold and \`maxShift\` are. ${codes}`,
  examples: [
    { line: 'mainsheet rollout finish reviews --env prod', does: 'Finish it' },
    { line: 'mainsheet rollout finish reviews --env prod --dry-run', does: 'Show what would be written' },
    { line: 'mainsheet rollout finish checkout-2026-48 --env prod', does: 'Finish a train, as one' },
  ],
  parameters,
};
