import type { PullRequestTrailer } from '../model/pull-request.ts';
import { printTrailers } from './commit-trailers.ts';

/** Subject, what is said besides, and the trailers as a last paragraph of their own; for a commit with this tree. */
export function commitMessage(title: string, text: string | undefined, trailer: PullRequestTrailer, tree: string): string {
  const said = text === undefined || text.trim() === '' ? [] : [text.trim(), ''];
  return `${[title, '', ...said, ...printTrailers(trailer, tree)].join('\n')}\n`;
}
