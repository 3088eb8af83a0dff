import { type Json, listOr, objectOr } from '../model/json.ts';
import { codeText, proseText } from '../report/markdown-text.ts';
import { visibleText } from '../report/visible-text.ts';

/** Pull requests, as later steps of a job read them. */
export interface ToldProposals {
  /** Whether a pull request or a branch is another than before. */
  readonly isChanged: boolean;
  readonly urls: readonly string[];
  /** `[{branch, title, outcome, url?, number?}]` */
  readonly json: string;
  readonly markdown: string;
  /** For the log, a line for each. */
  readonly text: string;
}

interface Proposal {
  readonly branch: string;
  readonly title: string;
  readonly outcome: string;
  readonly url?: string;
  readonly number?: number;
}

/** What `--format json` of a command that proposes says. */
export function tellProposals(title: string, answer: Json): ToldProposals {
  const told = listOr(objectOr(answer).proposals).map((one) => ({ proposal: proposalOf(one), isPushed: objectOr(one).pushed === true }));
  const proposals = told.map(({ proposal }) => proposal);
  const rows = proposals.map(({ title, outcome, url, branch }) => {
    const where = url === undefined ? codeText(branch) : isWebAddress(url) ? `[${codeText(branch)}](${url})` : codeText(url);
    return `| ${proseText(title)} | ${proseText(outcome)} | ${where} |`;
  });
  const lines = [
    `### ${proseText(title)}: ${rows.length === 0 ? 'nothing to propose' : `${rows.length} pull request${rows.length === 1 ? '' : 's'}`}`,
    ...(rows.length === 0 ? [] : ['', '| what | | where |', '|---|---|---|', ...rows]),
  ];
  return {
    isChanged: told.some(({ proposal, isPushed }) => isPushed || ['created', 'updated'].includes(proposal.outcome)),
    urls: proposals.flatMap(({ url }) => (url === undefined ? [] : [url])),
    json: JSON.stringify(proposals),
    markdown: `${lines.join('\n')}\n`,
    text:
      proposals.length === 0
        ? 'nothing to propose\n'
        : proposals.map(({ title, outcome, url = '' }) => `${visibleText(`${title}: ${outcome} ${url}`.trimEnd())}\n`).join(''),
  };
}

function proposalOf(value: Json): Proposal {
  const { branch, title, outcome, pullRequest } = objectOr(value);
  const { url, number } = objectOr(pullRequest);
  return {
    ...{ branch: String(branch ?? ''), title: String(title ?? ''), outcome: String(outcome ?? '') },
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof number === 'number' ? { number } : {}),
  };
}

/** One that can stand in a link of Markdown as it is. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\/[\w.:/~%-]+$/.test(url);
}
