import type { CommandArguments } from '../command.ts';
import { jsonFlag, nowFlag, remoteFlags } from './rollout/rollout-flags.ts';
import { proposeEnvironments, rootFlag, shortJsonFlag } from './shared-flags.ts';

export type PromoteFlags = {
  readonly from: string;
  readonly to: string;
  readonly queue?: boolean;
  readonly base?: string;
  readonly remote?: string;
  readonly now?: number;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly root?: string;
};

const environment = { kind: 'parsed', parse: String, placeholder: 'NAME', proposeCompletions: proposeEnvironments } as const;
const yes = { kind: 'boolean', optional: true, withNegated: false } as const;

export const promoteArguments: CommandArguments<PromoteFlags, [string]> = {
  brief: 'Carry the version that is stable in one environment into the next',
  about: `Begins a rollout in --to of the version that is \`stable\` in --from on the base branch, once it has been that for as long as \`order:\`
in mainsheet.yaml asks. It writes what \`rollout start\` writes.

Exit codes: 0 written, or there already, 1 an input has errors, 3 git or the disk failed (run again), 4 it may not begin now.`,
  examples: [
    { line: 'mainsheet promote reviews --from staging --to prod', does: 'Begin in prod what is stable in staging' },
    { line: 'mainsheet promote reviews --from staging --to prod --queue', does: 'As soon as it has been stable for long enough' },
    { line: 'mainsheet promote reviews --from staging --to prod --dry-run', does: 'Show what would be written' },
  ],
  parameters: {
    positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'A service', placeholder: 'SERVICE' }] },
    flags: {
      from: { ...environment, brief: 'Where the version is stable' },
      to: { ...environment, brief: 'Where it begins' },
      queue: { ...yes, brief: 'Where it may not begin now: begin as soon as it may' },
      ...remoteFlags,
      now: nowFlag,
      dryRun: { ...yes, brief: 'Show what would be written' },
      format: jsonFlag,
      json: shortJsonFlag,
      root: rootFlag,
    },
    aliases: { n: 'dryRun' },
  },
};
