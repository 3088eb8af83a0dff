import type { CommandArguments } from '../command.ts';
import { environmentsFlag, rootFlag, shortJsonFlag } from './shared-flags.ts';

export type WatchFlags = {
  readonly env?: readonly string[];
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly allowPrune?: boolean;
  readonly overwriteEdited?: boolean;
  readonly poll?: boolean;
  readonly root?: string;
};

const off = { kind: 'boolean', optional: true, withNegated: false } as const;

export const watchArguments: CommandArguments<WatchFlags, []> = {
  brief: 'Render at each save, and show whose requests it moves',
  about: `Renders as \`render\` does, then again whenever mainsheet.yaml or a file of an input folder is saved, and shows what the save changes:
requests first, then objects, as \`diff\` does, each with the line of the intent. Where the input is broken, or render would refuse, it says so, and
rendered/ stays as the last good save made it. Ctrl-C ends it.

Exit codes: 0 ended by Ctrl-C, 1 the command line cannot be meant, 3 the folder is gone.`,
  examples: [
    { line: 'mainsheet watch', does: 'Render every environment at each save' },
    { line: 'mainsheet watch --env prod --dry-run', does: 'Show what each save would change in prod, and write nothing' },
    { line: 'mainsheet watch --format json', does: 'For programs: one line of JSON for each save' },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      out: { kind: 'parsed', parse: String, brief: 'Write below this folder instead of rendered/', placeholder: 'DIR', optional: true },
      dryRun: { ...off, brief: 'Write nothing: only show' },
      format: { kind: 'enum', values: ['text', 'json'], default: 'text', brief: 'Form of what is told; json is one line for each save' },
      json: shortJsonFlag,
      allowPrune: { ...off, brief: 'Allow the removal of more than a fifth of an environment, or of its last file' },
      overwriteEdited: { ...off, brief: 'Replace rendered files that someone changed by hand' },
      poll: { ...off, brief: 'Look at the files twice a second: for folders of another machine, of which the system tells nothing' },
      root: rootFlag,
    },
    aliases: { e: 'env' },
  },
};
