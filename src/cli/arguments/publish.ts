import type { CommandArguments } from '../command.ts';
import { authorOf } from './author-of.ts';
import { rootFlag, shortJsonFlag } from './shared-flags.ts';

export type PublishFlags = {
  readonly hydrate?: string;
  readonly base?: string;
  readonly remote?: string;
  readonly author?: string;
  readonly signOff?: boolean;
  readonly sign?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly overwriteEdited?: boolean;
  readonly allowPrune?: boolean;
  readonly root?: string;
};

const word = { kind: 'parsed', parse: String, optional: true } as const;
const yes = { kind: 'boolean', optional: true, withNegated: false } as const;

export const publishArguments: CommandArguments<PublishFlags, []> = {
  brief: 'Render a merged commit into the branch or repository of rendered output',
  about: `For repositories whose mainsheet.yaml says rendered: {branch: …} or {repository: …}: renders the intents of the last commit, and makes
the other branch hold just that, by one commit with Mainsheet-Source: <commit>. Meant for CI, on each push to the base branch. Run again it
changes nothing; run late, after a newer commit has been published, it steps back. The work tree is not touched, and what is not committed
is not read. A commit that never was the tip of the base branch on the remote is refused.
With --hydrate each environment goes to a branch of its own with a file hydrator.metadata, as gitops-promoter reads it: see docs/consumers.md.

Exit codes: 0 published, or there is nothing to do, 1 an input has errors, 3 git failed (run again), 4 refused for safety.`,
  examples: [
    { line: 'mainsheet publish', does: 'Publish the last commit' },
    { line: 'mainsheet publish --dry-run', does: 'Say which files would change' },
    { line: 'mainsheet publish --json', does: 'Say for a program which branches changed' },
    {
      line: "mainsheet publish --hydrate 'environment/{environment}'",
      does: 'For gitops-promoter: environment/prod-next and so on, which it proposes to environment/prod',
    },
    { line: 'mainsheet publish --allow-prune', does: 'Also where more than a fifth of the files goes' },
  ],
  parameters: {
    flags: {
      hydrate: {
        ...word,
        brief:
          'Publish each environment to BRANCH-next, where BRANCH has {environment} in it; rendered: in mainsheet.yaml may name a repository',
        placeholder: 'BRANCH',
      },
      base: { ...word, brief: 'The branch that changes are merged to; else as mainsheet.yaml or git says', placeholder: 'BRANCH' },
      remote: { ...word, brief: 'The remote to push to; else as git would choose', placeholder: 'NAME' },
      author: { ...word, parse: authorOf, brief: 'Whose the commit is; else as git says', placeholder: 'NAME <ADDRESS>' },
      signOff: { ...yes, brief: 'Add Signed-off-by' },
      sign: { kind: 'boolean', optional: true, brief: 'Sign the commit; else as commit.gpgSign says' },
      dryRun: { ...yes, brief: 'Print what would change; nothing is pushed' },
      format: { kind: 'enum', values: ['text', 'json'], default: 'text', brief: 'Form of the answer' },
      json: shortJsonFlag,
      overwriteEdited: { ...yes, brief: 'Replace rendered files that were edited by hand' },
      allowPrune: { ...yes, brief: 'Remove more than a fifth of the rendered files of an environment' },
      root: rootFlag,
    },
    aliases: { n: 'dryRun' },
  },
};
