import type { PullRequestDraft } from '../../model/pull-request.ts';
import type { RolloutMove } from '../../model/rollout.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { Proposed } from '../propose/carry-out.ts';

/**
 * That a way back stays undone, for people: a person has decided about its pull request, and none is open that would take the requests back.
 * Empty where one is, and for all other moves.
 */
export function staysText(subject: string, move: RolloutMove, { key, base }: PullRequestDraft, proposed: Proposed): string {
  if (move.kind !== 'rollback' || proposed.outcome !== 'left') return '';
  const { why, pullRequest } = proposed;
  if (pullRequest !== undefined && pullRequest.state !== 'closed' && pullRequest.base === base) return '';
  const isClosed = why === 'closed by a person' && pullRequest !== undefined;
  const decided = isClosed ? `a person closed pull request ${pullRequest.number}` : 'a person decides about its branch';
  const command = `mainsheet rollout rollback ${subject} --env ${key.environment}${isClosed ? '' : ' --direct'}`;
  return `${visibleText(`error: ${key.environment}/${subject} is not taken back (${move.reason}): ${decided}. To go back: ${command}`)}\n`;
}
