import { isBlank } from '../model/blank-text.ts';
import type { PullRequestTrailer } from '../model/pull-request.ts';
import { printTrailers } from './commit-trailers.ts';

/** Subject, what is said besides, and the trailers as a last paragraph of their own; for a commit with this tree. */
export function commitMessage(title: string, text: string | undefined, trailer: PullRequestTrailer, tree: string): string {
  const said = text === undefined || isBlank(text) ? [] : [text.trim(), ''];
  return `${[subjectOf(title), '', ...said, ...printTrailers(trailer, tree)].join('\n')}\n`;
}

/** One line, and never an empty one: git would take the trailers for the subject, and the commit for a person's. */
function subjectOf(title: string): string {
  const line = title.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return isBlank(line) ? 'A change of traffic' : line;
}
