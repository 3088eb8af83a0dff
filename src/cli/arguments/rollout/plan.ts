import type { CommandArguments } from '../../command.ts';
import { environmentFlag } from '../shared-flags.ts';
import { lookingFlags } from './rollout-flags.ts';

export type RolloutPlanFlags = {
  readonly version?: string;
  readonly env?: string;
  readonly base?: string;
  readonly remote?: string;
  readonly now?: number;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly root?: string;
};

export const rolloutPlanArguments: CommandArguments<RolloutPlanFlags, [string]> = {
  brief: 'Play a rollout to its end before it begins',
  about: `Renders, checks and proves every state that will be merged from the base branch on: each step with its phases, the finish and the
retirement, with the earliest time of each under soaks and freezes, and the largest part of a class of requests that moves. Gates are taken to
pass, and what is proposed to be merged at once. Where nothing else changes, these are the commits that come, byte for byte. A later step that
would fail fails now.

Exit codes: 0 every step is fine, 1 a step has errors, 3 git failed (run again), 4 a step is not safe, or would exceed a guardrail.`,
  examples: [
    { line: 'mainsheet rollout plan reviews --version v3 --env prod', does: 'Every commit to come' },
    { line: 'mainsheet rollout plan reviews --env prod', does: 'What is left of one that is on its way' },
    { line: 'mainsheet rollout plan reviews --version v3 --env prod --now 2026-12-18T09:00:00Z', does: 'As if it began then' },
  ],
  parameters: {
    positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'A service or train', placeholder: 'ROLLOUT' }] },
    flags: {
      version: { kind: 'parsed', parse: String, optional: true, brief: 'The version that begins', placeholder: 'VERSION' },
      env: environmentFlag,
      ...lookingFlags,
    },
    aliases: { e: 'env', n: 'dryRun' },
  },
};
