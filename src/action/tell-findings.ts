import type { GithubFinding } from '../report/diagnostics-github.ts';
import { codeText, markedText, proseText } from '../report/markdown-text.ts';
import type { Failure } from './told-run.ts';

/** So many stand in the job's summary; the log has all. */
const shownFindings = 100;

/** Characters of a sentence; a longer one is cut. */
const longest = 2000;

/** What is wrong, as Markdown: what is no finding first, then by code, each with its page, its places, why and what to write instead. */
export function findingLines(
  findings: readonly GithubFinding[],
  failures: readonly Failure[],
  pageOf: (code: string) => string | undefined,
): readonly string[] {
  const shown = findings.slice(0, shownFindings);
  const byCode = new Map<string, GithubFinding[]>();
  for (const finding of shown) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  const more = findings.length - shown.length;
  return [
    ...failures.flatMap(({ message, hints }) => [
      `- **error** ${markedText(message, longest)}`,
      ...hints.map((hint) => `  - ${markedText(hint, longest)}`),
    ]),
    ...(failures.length > 0 ? [''] : []),
    ...[...byCode].flatMap(([code, some]) => codeLines(some, pageOf(code))),
    ...(more > 0 ? [`and ${more} more, which the log has.`, ''] : []),
  ];
}

function codeLines(findings: readonly GithubFinding[], page: string | undefined): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { code, name, why, fix } = first;
  return [
    `### ${page === undefined ? codeText(code) : `[${codeText(code)}](${page})`} ${proseText(name)}`,
    '',
    ...findings.flatMap(({ severity, message, hints, at }) => [
      `- **${severity === 'info' ? 'note' : severity}** ${placeText(at)}${markedText(message, longest)}`,
      ...hints.map((hint) => `  - ${markedText(hint, longest)}`),
    ]),
    '',
    ...(why === '' ? [] : [`**Why:** ${markedText(why, longest)}`, '']),
    ...(fix === '' ? [] : [`**Instead:** ${markedText(fix, longest)}`, '']),
  ];
}

function placeText(at: GithubFinding['at']): string {
  if (at === undefined) return '';
  return `${codeText('start' in at ? `${at.file}:${at.start.line}:${at.start.column}` : at.file)} `;
}

/** '2 errors, 1 warning' */
export function findingCounts(errors: number, warnings: number, notes: number): string {
  return [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].filter((words) => words !== '').join(', ');
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}
