import type { RolloutBlock } from '../../model/rollout.ts';
import { timeWords } from '../../report/rollout-text.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { refusal } from '../usage-error.ts';
import { type EditTelling, tellJson } from './write-intents.ts';

/** Ends the command where something keeps what it asks for from being done, with all reasons and their ends; undefined where nothing does. */
export function refuseBlocked(
  context: CliContext,
  telling: EditTelling,
  blocks: readonly RolloutBlock[],
  hints: readonly string[] = [],
): ExitCode | undefined {
  if (blocks.length === 0) return undefined;
  if (telling.format === 'json') {
    tellJson(context, telling, { outcome: 'waits', blocks, files: new Map() });
    return exitCode.refusedForSafety;
  }
  const reasons = blocks.map(({ reason, until }) => `${reason}${until === undefined ? '' : ` (until ${timeWords(until)})`}`);
  throw refusal(`${telling.state.subject} has to wait: ${reasons.join('; ')}`, hints);
}
