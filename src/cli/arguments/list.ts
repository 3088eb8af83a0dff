import type { CommandArguments } from '../command.ts';
import { environmentsFlag, rootFlag } from './shared-flags.ts';

export type ListFlags = {
  readonly env?: readonly string[];
  readonly json?: boolean;
  readonly root?: string;
};

export const listArguments: CommandArguments<ListFlags, []> = {
  brief: 'List environments, their intents and the manifests these become',
  about: 'One line per intent: its kind and name, the file that says it, and the Istio objects it becomes.',
  examples: [
    { line: 'mainsheet list', does: 'Everything' },
    { line: 'mainsheet list --env prod', does: 'One environment' },
    { line: 'mainsheet list --json', does: 'The same for programs' },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      json: { kind: 'boolean', optional: true, withNegated: false, brief: 'Print JSON' },
      root: rootFlag,
    },
    aliases: { e: 'env' },
  },
};
