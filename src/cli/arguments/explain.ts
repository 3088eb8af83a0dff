import type { CommandArguments } from '../command.ts';
import { environmentFlag, proposeIntents, rootFlag } from './shared-flags.ts';

export type ExplainFlags = {
  readonly env?: string;
  readonly root?: string;
};

export const explainArguments: CommandArguments<ExplainFlags, [subject: string]> = {
  brief: 'Say where an intent, a rendered line or a diagnostic code comes from',
  about: `For an intent: the intent as merged from all folders and defaults, each value with the file and line it comes from.
For a line of a rendered file: which words of which intent, and which line of which template, put it there.
For a diagnostic code: what it means, why it matters and what to write instead.`,
  examples: [
    { line: 'mainsheet explain reviews --env prod', does: 'The merged intent `reviews` of prod' },
    { line: 'mainsheet explain external/httpbin-ext --env prod', does: 'With its kind, where two kinds share the name' },
    { line: 'mainsheet explain rendered/prod/service/reviews.yaml:12', does: 'Where line 12 of that file comes from' },
    { line: 'mainsheet explain MS5001', does: 'The page of a diagnostic' },
  ],
  parameters: {
    flags: { env: environmentFlag, root: rootFlag },
    aliases: { e: 'env' },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: String,
          brief: 'An intent, a rendered file with a line number, or a code',
          placeholder: 'WHAT',
          proposeCompletions: proposeIntents,
        },
      ],
    },
  },
};
