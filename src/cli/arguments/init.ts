import type { CommandArguments } from '../command.ts';

export const initArguments: CommandArguments<Record<never, never>, [folder?: string]> = {
  brief: 'Begin: write a first environment and a first intent to change',
  about: `Writes mainsheet.yaml, a base, a dev and a prod environment and the intent of one service, with comments that say what each word does;
and schemas in .schemas/, with .vscode/settings.json, by which editors complete and explain words. Files that exist are left as they are.`,
  examples: [
    { line: 'mainsheet init', does: 'Begin in this folder' },
    { line: 'mainsheet init mesh', does: 'Begin in the folder mesh/, which is made if need be' },
    { line: 'mainsheet init && mainsheet render', does: 'See at once what it renders to' },
  ],
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, brief: 'Where to begin; default: here', placeholder: 'DIR', optional: true }],
    },
  },
};
