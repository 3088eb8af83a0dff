import type { CommandArguments } from '../../command.ts';
import { environmentsFlag } from '../shared-flags.ts';
import { lookingFlags } from './rollout-flags.ts';

export type RolloutStatusFlags = {
  readonly env?: readonly string[];
  readonly base?: string;
  readonly remote?: string;
  readonly now?: number;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly root?: string;
};

export const rolloutStatusArguments: CommandArguments<RolloutStatusFlags, []> = {
  brief: 'Show every rollout: where it is, since when, and what it waits for',
  about: `Reads the base branch on the remote: which step each rollout stands at is in the intents, since when in the branch's history. Gates
are asked as \`rollout advance\` asks them, and nothing is changed.

Exit codes: 0 shown, 1 an input has errors, 3 git or the disk failed (run again).`,
  examples: [
    { line: 'mainsheet rollout status', does: 'Every rollout of every environment' },
    { line: 'mainsheet rollout status --env prod --format json', does: "prod's, for a machine" },
    {
      line: 'mainsheet rollout status --now 2026-11-27T17:00:00Z',
      does: 'What it will say on Friday evening, if nothing is merged until then',
    },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      ...lookingFlags,
    },
    aliases: { e: 'env', n: 'dryRun' },
  },
};
