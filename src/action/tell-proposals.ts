import { type Json, listOr, objectOr } from '../model/json.ts';
import { codeText, linkText, proseText } from '../report/markdown-text.ts';
import { leftWords } from '../report/proposal-text.ts';
import { visibleText } from '../report/visible-text.ts';
import { rolloutTable, undatedFailures, waitingText } from './tell-rollouts.ts';
import type { ToldAnswer } from './told-answer.ts';
import { textOf } from './told-run.ts';

interface Proposal {
  readonly branch: string;
  readonly title: string;
  readonly outcome: string;
  readonly url?: string;
  readonly number?: number;
}

/** Pull requests, and rollouts that wait: what `--format json` of a command that proposes says. */
export function tellProposals(answer: Json, isDry: boolean): ToldAnswer {
  const told = listOr(objectOr(answer).proposals);
  const rollouts = listOr(objectOr(answer).rollouts);
  const proposals = told.map(proposalOf);
  const rows = told.map((one) => {
    const { title, branch, url } = proposalOf(one);
    const where = url === undefined ? codeText(branch) : linkText(codeText(branch), url);
    return `| ${proseText(title)} | ${proseText(outcomeWords(one, isDry))} | ${where} |`;
  });
  const waits =
    rollouts.length === 0
      ? ''
      : `${proposals.length === 0 ? '' : ', '}${rollouts.length} rollout${plural(rollouts.length)} wait${rollouts.length === 1 ? 's' : ''}`;
  const isChanged = told.some((one) => objectOr(one).pushed === true || ['created', 'updated'].includes(proposalOf(one).outcome));
  return {
    headline:
      `${proposals.length === 0 ? '' : `${proposals.length} pull request${plural(proposals.length)}${isDry ? ', in a dry run' : ''}`}${waits}` ||
      'nothing to propose',
    lines: [
      ...(rows.length === 0 ? [] : ['| what | outcome | pull request |', '|---|---|---|', ...rows, '']),
      ...(rollouts.length === 0 ? [] : [...rolloutTable(rollouts), '']),
    ],
    log:
      proposals.length + rollouts.length === 0
        ? 'nothing to propose\n'
        : `${told.map((one) => logLine(one, isDry)).join('')}${waitingText(rollouts)}`,
    failures: undatedFailures(rollouts),
    outputs: {
      changed: String(isChanged && !isDry),
      'pull-requests': JSON.stringify(proposals),
      'pull-request-urls': proposals.flatMap(({ url }) => (url === undefined ? [] : [url])).join('\n'),
    },
  };
}

function logLine(one: Json, isDry: boolean): string {
  const { title, url = '' } = proposalOf(one);
  return `${visibleText(`${title}: ${outcomeWords(one, isDry)} ${url}`.trimEnd())}\n`;
}

function outcomeWords(one: Json, isDry: boolean): string {
  const { outcome, why } = objectOr(one);
  if (outcome === 'left') return leftWords[textOf(why)] ?? textOf(why);
  return outcome === 'unchanged' ? 'says so already' : `${isDry ? 'would be ' : ''}${textOf(outcome)}`;
}

function proposalOf(value: Json): Proposal {
  const { branch, title, outcome, pullRequest } = objectOr(value);
  const { url, number } = objectOr(pullRequest);
  return {
    ...{ branch: textOf(branch), title: textOf(title), outcome: textOf(outcome) },
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof number === 'number' ? { number } : {}),
  };
}

function plural(count: number): string {
  return count === 1 ? '' : 's';
}
