import type { PullRequestTrailer } from '../model/pull-request.ts';
import { printTrailers } from './commit-trailers.ts';

/** Subject, what is said besides, and the trailers as a last paragraph of their own. */
export function commitMessage(title: string, text: string | undefined, trailer: PullRequestTrailer): string {
  const said = text === undefined || text.trim() === '' ? [] : [text.trim(), ''];
  return `${[title, '', ...said, ...printTrailers(trailer)].join('\n')}\n`;
}
