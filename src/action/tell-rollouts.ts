import { type Json, listOr, objectOr } from '../model/json.ts';
import { linkText, markedText, proseText } from '../report/markdown-text.ts';
import { timeWords } from '../report/rollout-text.ts';
import { visibleText } from '../report/visible-text.ts';
import { type Failure, textOf } from './told-run.ts';

/** A table of rollouts, as JSON of `rollout status` and `rollout advance` has them: where each is, what comes next, and why not yet. */
export function rolloutTable(rollouts: readonly Json[]): readonly string[] {
  const rows = rollouts.map((one) => {
    const { version, share } = objectOr(objectOr(one).words);
    const cells = [titleOf(one), textOf(version), textOf(share)].map((cell) => proseText(cell));
    return `| ${[...cells, nextCell(one), markedText(reasonsOf(one).join('; '), 1000)].join(' | ')} |`;
  });
  return ['| rollout | version | share | next | because |', '|---|---|---|---|---|', ...rows];
}

/** The same for the log, a line for each. */
export function waitingText(rollouts: readonly Json[]): string {
  return rollouts.map((one) => `${visibleText(`${titleOf(one)}: ${[nextOf(one), ...reasonsOf(one)].join('; ')}`)}\n`).join('');
}

/** A history that is cut off makes a soak longer than it is: whoever can fetch it should. */
export function undatedFailures(rollouts: readonly Json[]): readonly Failure[] {
  return rollouts
    .filter((one) => objectOr(one).historyIsWhole === false && objectOr(objectOr(one).next).kind === 'wait')
    .map((one) => ({
      message: `since when ${titleOf(one)} is where it is cannot be told: its history is not all here`,
      hints: ['`fetch-depth: 0` of actions/checkout fetches it'],
    }));
}

function titleOf(one: Json): string {
  const { environment, rollout, train } = objectOr(one);
  return `${textOf(environment)}/${train === true ? 'train ' : ''}${textOf(rollout)}`;
}

function nextCell(one: Json): string {
  const { words, pullRequest, pullRequestUrl } = objectOr(one);
  const next = proseText(textOf(objectOr(words).next));
  if (typeof pullRequest !== 'string') return next;
  return `${next} (${typeof pullRequestUrl === 'string' ? linkText(proseText(pullRequest), pullRequestUrl) : proseText(pullRequest)})`;
}

function nextOf(one: Json): string {
  const { words, pullRequest } = objectOr(one);
  const next = textOf(objectOr(words).next);
  return typeof pullRequest === 'string' ? `${next} (${pullRequest})` : next;
}

function reasonsOf(one: Json): readonly string[] {
  const { blocks, reason } = objectOr(objectOr(one).next);
  return [
    ...listOr(blocks).map((block) => {
      const { reason: why, until } = objectOr(block);
      return `${textOf(why)}${typeof until === 'number' ? ` (until ${timeWords(until)})` : ''}`;
    }),
    ...(typeof reason === 'string' ? [reason] : []),
  ];
}
