import type { RolloutBlock } from '../../model/rollout.ts';
import { timeWords } from '../../report/rollout-text.ts';
import { refusal } from '../usage-error.ts';

/** Ends the command where something keeps what it asks for from being done, with all reasons and their ends. */
export function refuseBlocked(subject: string, blocks: readonly RolloutBlock[], hints: readonly string[] = []): void {
  if (blocks.length === 0) return;
  const reasons = blocks.map(({ reason, until }) => `${reason}${until === undefined ? '' : ` (until ${timeWords(until)})`}`);
  throw refusal(`${subject} has to wait: ${reasons.join('; ')}`, hints);
}
