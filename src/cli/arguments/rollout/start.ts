import type { CommandArguments } from '../../command.ts';
import { environmentFlag, rootFlag, shortJsonFlag } from '../shared-flags.ts';
import { jsonFlag, nowFlag, remoteFlags } from './rollout-flags.ts';

export type RolloutStartFlags = {
  readonly version?: string;
  readonly env?: string;
  readonly in?: string;
  readonly queue?: boolean;
  readonly base?: string;
  readonly remote?: string;
  readonly now?: number;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly root?: string;
};

const word = { kind: 'parsed', parse: String, optional: true } as const;
const yes = { kind: 'boolean', optional: true, withNegated: false } as const;

export const rolloutStartArguments: CommandArguments<RolloutStartFlags, [string]> = {
  brief: 'Begin a rollout: write its first step into the intent',
  about: `Writes the plan's first step into the intents in the work tree, with comments and order as they are; \`mainsheet propose\` proposes
it like any other edit, in phases where it needs some. What may not begin now (a freeze, too many rollouts, an environment before this one) is
refused with its reasons; with --queue the intent then says that the version is to begin as soon as it may. Where another version is on its
way, \`newVersion\` of the plan says what happens.

Exit codes: 0 written, or on its way already, 1 an input has errors, 3 git or the disk failed (run again), 4 it may not begin now.`,
  examples: [
    { line: 'mainsheet rollout start reviews --version v3 --env prod', does: 'Write the first step' },
    { line: 'mainsheet rollout start reviews --version v3 --env prod --queue', does: 'As soon as it may' },
    {
      line: 'mainsheet rollout start reviews --version v3 --env prod --in base',
      does: 'In the folder that prod extends: all environments of it move together',
    },
    { line: 'mainsheet rollout start checkout-2026-48 --env prod', does: 'A train: its services and versions are in its own file' },
  ],
  parameters: {
    positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'A service or train', placeholder: 'ROLLOUT' }] },
    flags: {
      version: { ...word, brief: 'The version that begins; of a train its file says them', placeholder: 'VERSION' },
      env: environmentFlag,
      in: { ...word, brief: "Edit this folder under environments/ instead of the environment's own", placeholder: 'FOLDER' },
      queue: { ...yes, brief: 'Where it may not begin now: begin as soon as it may' },
      ...remoteFlags,
      now: nowFlag,
      dryRun: { ...yes, brief: 'Show what would be written' },
      format: jsonFlag,
      json: shortJsonFlag,
      root: rootFlag,
    },
    aliases: { e: 'env', n: 'dryRun' },
  },
};
