import type { ForgeLimits } from '../model/forge.ts';
import type { PullRequestStory } from '../model/pull-request-story.ts';
import type { ComparisonSettings } from './comparison-text.ts';
import { type FittedBlock, fittedLines } from './fitted-blocks.ts';
import { manifestBlocks, objectBlocks } from './pull-request-objects.ts';
import { pictureLines } from './pull-request-picture.ts';
import { ranks } from './pull-request-ranks.ts';
import { gateBlocks, safetyBlocks, stepBlocks, wayBackLines } from './pull-request-safety.ts';
import { summaryLines } from './pull-request-summary.ts';
import { trafficBlocks } from './pull-request-traffic.ts';
import { trailerComment } from './pull-request-trailer.ts';

/**
 * What a reviewer reads: first who is affected, how much, whether it is safe, what follows and how to stop it; then the tables behind that.
 * Never longer than the forge allows: what does not fit is left out object by object in the order of `ranks`, phases and deletions
 * last, and the command that shows the rest is named. Nothing in it acts but what is written here: text of others is only text.
 */
export function renderPullRequestBody(
  story: PullRequestStory,
  limits: Pick<ForgeLimits, 'body' | 'mermaid'>,
  settings: Pick<ComparisonSettings, 'print'>,
): string {
  const trailer = trailerComment(story.trailer);
  const summary = summaryLines(story);
  const picture = limits.mermaid ? pictureLines(story) : [];
  const blocks: readonly FittedBlock[] = [
    summary,
    ...trafficBlocks(story),
    { head: [], items: picture.length === 0 ? [] : [picture], tail: [], rank: ranks.background, more: () => [] },
    ...stepBlocks(story),
    ...gateBlocks(story),
    ...safetyBlocks(story),
    ...objectBlocks(story),
    ...manifestBlocks(story, settings),
    wayBackLines(story),
    [trailer],
  ];
  const text = fittedLines(blocks, limits.body).join('\n');
  // Very many environments: not even the heads of their tables fit.
  return text.length <= limits.body ? `${text}\n` : shortest(summary, trailer, limits.body);
}

function shortest(summary: readonly string[], trailer: string, limit: number): string {
  const text = [...summary, 'The tables do not fit here: see the files of this pull request.', '', trailer].join('\n');
  return text.length < limit ? `${text}\n` : `${trailer}\n`;
}
