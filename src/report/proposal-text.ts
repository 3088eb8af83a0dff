import type { PullRequestDraft } from '../model/pull-request.ts';
import { displayWidth } from './display-width.ts';
import { visibleText } from './visible-text.ts';

/** What became of one pull request, for people; in a dry run what would. */
export interface TellableProposal {
  readonly draft: PullRequestDraft;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'left';
  /** Why it was left alone. */
  readonly why?: string;
  /** Whether the branch is pushed. */
  readonly isPushed: boolean;
  readonly pullRequest?: { readonly number: number; readonly url: string };
  readonly warnings: readonly string[];
}

/** Why a pull request was left alone, in words. */
export const leftWords: Readonly<Record<string, string>> = {
  commits: 'left alone: the branch has commits of a person',
  'closed by a person': 'stays closed: a person closed this content',
  retargeted: 'left alone: a person gave it another base',
  foreign: 'left alone: it is of someone else',
  merged: 'merged',
};

/** Each pull request in a few lines; in a dry run with all that would be committed and said. */
export function renderProposalsText(proposals: readonly TellableProposal[], baseBranch: string, isDry: boolean): string {
  if (proposals.length === 0) return `nothing to propose: ${visibleText(baseBranch)} says what is here\n`;
  return proposals
    .map((one) => proposalLines(one, isDry).join('\n'))
    .join('\n\n')
    .concat('\n');
}

function proposalLines(proposal: TellableProposal, isDry: boolean): readonly string[] {
  const { draft, isPushed, warnings } = proposal;
  const rows: readonly (readonly [string, string])[] = [
    ['branch', `${draft.branch}${isPushed ? (isDry ? ', would be pushed' : ', pushed') : ''} (base ${draft.base})`],
    ['pull request', pullRequestWords(proposal, isDry)],
    ...warnings.map((warning) => ['warning', warning] as const),
  ];
  const width = Math.max(...rows.map(([name]) => displayWidth(name)));
  const lines = rows.map(([name, words]) => `  ${name}${' '.repeat(width - displayWidth(name))}  ${visibleText(words)}`);
  return [visibleText(draft.title), ...lines, ...(isDry ? contentLines(draft) : [])];
}

function pullRequestWords({ outcome, why = '', pullRequest }: TellableProposal, isDry: boolean): string {
  const which = pullRequest === undefined ? '' : `${pullRequest.number} `;
  const where = pullRequest === undefined ? '' : `: ${pullRequest.url}`;
  if (outcome === 'left') return `${which}${leftWords[why] ?? why}${where}`;
  if (outcome === 'unchanged') return `${which}says so already${where}`;
  return `${which}${isDry ? 'would be ' : ''}${outcome}${where}`;
}

function contentLines({ edits, body, labels, reviewers, draft, automerge, commitText }: PullRequestDraft): readonly string[] {
  const words = [
    ...(draft ? ['draft'] : []),
    ...(automerge ? ['merges by itself'] : []),
    ...labels.map((label) => `label ${label}`),
    ...reviewers.map((reviewer) => `reviewer ${reviewer}`),
  ];
  const files = [...edits]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `    ${text === null ? '-' : '~'} ${visibleText(path)}`);
  return [
    ...(words.length === 0 ? [] : [`  with          ${visibleText(words.join(', '))}`]),
    `  files         ${edits.size}`,
    ...files,
    ...(commitText === undefined ? [] : ['', ...commitText.split('\n').map((line) => `  ${visibleText(line)}`)]),
    '',
    body.trimEnd(),
  ];
}
