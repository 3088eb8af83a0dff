import type { CommandArguments } from '../../command.ts';
import { rootFlag, shortJsonFlag } from '../shared-flags.ts';
import { jsonFlag } from './rollout-flags.ts';

export type RolloutVerifyFlags = { readonly format: 'text' | 'json'; readonly json?: boolean; readonly root?: string };

export const rolloutVerifyArguments: CommandArguments<RolloutVerifyFlags, [string]> = {
  brief: 'Judge again what gates saw when a step was proposed',
  about: `Reads the trailers of a commit that \`rollout advance\` made (or of what a merge brought), and works the verdict of each gate out
again from the recorded answers and times. Thresholds, queries, the step, and which gates have to be there, are those of the base branch that the
commit was made from. The commit itself has to be the step that it names: its files are those that it was made with, and what it changes of the
intents of its parent is that step. No server is asked.

Exit codes: 0 every verdict follows from what is recorded and from the base branch, and the commit is its step, 1 there is no such commit or record,
2 one does not, or it is not, 3 git failed (run again).`,
  examples: [
    { line: 'mainsheet rollout verify HEAD', does: 'What let the last merge be proposed' },
    { line: 'mainsheet rollout verify 4f2a9c1 --format json', does: 'With all queries and answers' },
    { line: 'mainsheet rollout verify origin/mainsheet/prod/reviews', does: 'Of a pull request that is open' },
  ],
  parameters: {
    positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'A commit, as git names it', placeholder: 'COMMIT' }] },
    flags: { format: jsonFlag, json: shortJsonFlag, root: rootFlag },
  },
};
