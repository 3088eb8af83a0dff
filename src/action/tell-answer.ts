import type { Json } from '../model/json.ts';
import { listOr, objectOr } from '../model/json.ts';
import { fencedText } from '../report/markdown-text.ts';
import { visibleText } from '../report/visible-text.ts';
import type { ActionCommand, Telling } from './action-commands.ts';
import type { RanCommand } from './run-command.ts';
import { tellProposals } from './tell-proposals.ts';
import { tellPublication } from './tell-publication.ts';
import { rolloutTable, undatedFailures, waitingText } from './tell-rollouts.ts';
import { nothingTold, type ToldAnswer } from './told-answer.ts';
import { jsonOf } from './told-run.ts';

/** The form in which each kind of answer is asked for. */
export const forms: Readonly<Record<Telling, readonly string[]>> = {
  findings: ['--format=sarif'],
  markdown: ['--format=markdown'],
  proposals: ['--format=json'],
  publication: ['--format=json'],
  rollouts: ['--format=json'],
  text: [],
};

/** Tells what a command answered; where it answered nothing, its findings and failures have to say why. */
export function tellAnswer(command: ActionCommand, { code, stdout, findings }: RanCommand, isDry: boolean): ToldAnswer {
  const { telling } = command;
  if (telling === 'markdown') return stdout === '' ? nothingTold : tellMarkdown(command, stdout, code);
  if (telling === 'text') return stdout === '' ? nothingTold : tellText(command, stdout, code);
  const answer = jsonOf(stdout);
  if (answer === undefined) return { ...nothingTold, log: stdout };
  if (telling === 'findings')
    return { ...nothingTold, headline: findings.length === 0 ? 'nothing found' : '', report: { name: 'mainsheet.sarif', text: stdout } };
  return { ...tellJson[telling](answer, isDry), report: { name: 'mainsheet.json', text: stdout } };
}

const tellJson: Readonly<Record<'proposals' | 'publication' | 'rollouts', (answer: Json, isDry: boolean) => ToldAnswer>> = {
  proposals: tellProposals,
  publication: tellPublication,
  rollouts: (answer) => {
    const rollouts = listOr(objectOr(answer).rollouts);
    if (rollouts.length === 0) return { ...nothingTold, headline: 'no rollout is on the way', log: 'no rollout is on the way\n' };
    return {
      ...nothingTold,
      headline: `${rollouts.length} rollout${rollouts.length === 1 ? '' : 's'}`,
      lines: [...rolloutTable(rollouts), ''],
      log: waitingText(rollouts),
      failures: undatedFailures(rollouts),
    };
  },
};

/** A heading of a plan that is not safe says so: nothing else does. */
function tellMarkdown({ difference }: ActionCommand, stdout: string, code: number): ToldAnswer {
  const refused = code === 4 ? [...stdout.matchAll(/^### (.*, refused: .*)$/gm)].map(([, heading = '']) => heading) : [];
  return {
    headline: difference === undefined || code > 2 ? '' : code === 2 ? 'something changes' : code === 0 ? 'nothing changes' : '',
    lines: [stdout.trimEnd(), ''],
    log: stdout,
    failures: refused.map((heading) => ({ message: heading.replaceAll('\\', ''), hints: [] })),
    outputs: { changed: String(difference !== undefined && code === 2) },
    report: { name: 'mainsheet.md', text: stdout },
  };
}

/** What people read in a terminal; so many lines of it stand in the summary. */
const shownLines = 200;

function tellText({ difference }: ActionCommand, stdout: string, code: number): ToldAnswer {
  const lines = stdout.trimEnd().split('\n').map(visibleText);
  const more = lines.length - shownLines;
  const isDifferent = difference !== undefined && code === 2;
  // "prod  12 files, 2 written, 1 removed"
  const isWritten = /^\S+ +\d+ files?, \d+ (written|removed)/m.test(stdout);
  const others = lines.filter((line) => /^ {2}\S/.test(line));
  const [first = ''] = others;
  return {
    headline:
      difference === undefined
        ? isWritten
          ? 'files are written'
          : 'nothing changes'
        : isDifferent
          ? 'something differs'
          : 'nothing differs',
    lines: [...fencedText('text', lines.slice(0, shownLines)), '', ...(more > 0 ? [`and ${more} more lines, which the log has.`, ''] : [])],
    log: stdout,
    failures: isDifferent
      ? [
          {
            message: `what is rendered is not what the intents say: ${first.trim()}${others.length > 1 ? `, and ${others.length - 1} more` : ''}`,
            hints: lines.filter((line) => line.startsWith('Run ')),
          },
        ]
      : [],
    outputs: { changed: String(isDifferent || isWritten) },
    report: { name: 'mainsheet.txt', text: stdout },
  };
}
