import { isBlank } from '../../model/blank-text.ts';
import type { CommandArguments } from '../command.ts';
import { authorOf } from './author-of.ts';
import { environmentsFlag, rootFlag, shortJsonFlag } from './shared-flags.ts';

export type ProposeFlags = {
  readonly env?: readonly string[];
  readonly base?: string;
  readonly remote?: string;
  readonly title?: string;
  readonly message?: string;
  readonly draft?: boolean;
  readonly label?: readonly string[];
  readonly reviewer?: readonly string[];
  readonly automerge?: 'never' | 'no-traffic' | 'gated';
  readonly author?: string;
  readonly signOff?: boolean;
  readonly sign?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly overwriteEdited?: boolean;
  readonly allowPrune?: boolean;
  readonly maxPullRequests?: number;
  readonly root?: string;
};

const word = { kind: 'parsed', parse: String, optional: true } as const;
/** Git has no use for a subject that nobody sees. */
const said = { ...word, parse: visible } as const;
const words = { ...word, variadic: ',' } as const;
const yes = { kind: 'boolean', optional: true, withNegated: false } as const;

export const proposeArguments: CommandArguments<ProposeFlags, []> = {
  brief: 'Open or update the pull requests of what was edited',
  about: `Takes what the work tree has edited since it parted from the base branch, committed or not, and proposes it: one branch
mainsheet/<environment>/<service> and one pull request for each intent, or one for the environment where its settings are edited or one intent
does not compile without the other. Each is rendered, checked, proven and compared with what the base branch has rendered; a commit holds
intents and rendered files together. A change that needs phases is proposed as its first phase, with the rest as next: in the intent;
once that is merged, propose opens the next, with nothing edited. The work tree, its index and its branches are not touched.

Run again, it changes only what differs; run by several at once, there is one branch and one pull request. A branch with a person's commits
is left alone, and what a person closed stays closed until its content changes. Without a remote, and for a remote in a folder, a pull request
is a branch and a Markdown file.

More new pull requests than --max-pull-requests are refused before anything is rendered or pushed; phases that follow by themselves then come
by and by, so many in each run.

Exit codes: 0 proposed, or nothing to do, 1 an input has errors, 3 git, the forge or the disk failed (run again), 4 refused for safety.`,
  examples: [
    { line: 'mainsheet propose --dry-run', does: 'Print branches, commits and bodies; touch nothing' },
    { line: 'mainsheet propose', does: 'Open or update the pull requests of all that is edited' },
    { line: 'mainsheet propose --env prod --draft --reviewer jason', does: "Only prod's, as drafts, with a reviewer" },
    { line: 'mainsheet propose --automerge no-traffic --format json', does: 'In CI: let what changes no request merge by itself' },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      base: { ...word, brief: 'The branch that pull requests go to; else as mainsheet.yaml or git says', placeholder: 'BRANCH' },
      remote: { ...word, brief: 'The remote to push to; else as git would choose', placeholder: 'NAME' },
      title: { ...said, brief: 'The title, in place of what changes', placeholder: 'TEXT' },
      message: { ...said, brief: 'Said in the commit, beneath its title', placeholder: 'TEXT' },
      draft: { ...yes, brief: 'Open pull requests as drafts' },
      label: { ...words, brief: 'A label to add; may be repeated', placeholder: 'NAME' },
      reviewer: { ...words, brief: 'Who is asked to review; may be repeated', placeholder: 'LOGIN' },
      automerge: {
        kind: 'enum',
        values: ['never', 'no-traffic'],
        optional: true,
        brief: 'Merge by itself where no request changes; else as mainsheet.yaml says',
      },
      author: { ...word, parse: authorOf, brief: 'Whose the commit is; else as git says', placeholder: 'NAME <ADDRESS>' },
      signOff: { ...yes, brief: 'Add Signed-off-by' },
      sign: { kind: 'boolean', optional: true, brief: 'Sign the commit; else as commit.gpgSign says' },
      dryRun: { ...yes, brief: 'Print what would be done; neither the remote nor the forge is changed' },
      format: { kind: 'enum', values: ['text', 'json'], default: 'text', brief: 'Form of the answer' },
      json: shortJsonFlag,
      overwriteEdited: { ...yes, brief: 'Replace rendered files that were edited by hand on the base branch' },
      allowPrune: { ...yes, brief: 'Remove more than a fifth of the rendered files of an environment' },
      maxPullRequests: {
        kind: 'parsed',
        parse: atLeastOne,
        optional: true,
        brief: 'How many pull requests this run may open; else as mainsheet.yaml says, or 20',
        placeholder: 'NUMBER',
      },
      root: rootFlag,
    },
    aliases: { e: 'env', n: 'dryRun', m: 'message' },
  },
};

function visible(text: string): string {
  if (isBlank(text)) throw new SyntaxError('it says nothing: write a few words, or leave it out');
  return text;
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new SyntaxError(`"${text}" is no number of pull requests: write one from 1 to 99999`);
  return Number(text);
}
