import type { RolloutBlock, RolloutMove, RolloutState, Seconds } from '../model/rollout.ts';
import { displayWidth } from './display-width.ts';
import { nextWords, timeWords } from './rollout-text.ts';
import { visibleJson, visibleText } from './visible-text.ts';

/** A commit to come, as it is told. */
export interface ToldStep {
  readonly step: string;
  readonly title: string;
  readonly earliest: Seconds;
  readonly shiftedPercent: number;
  readonly blocks: readonly RolloutBlock[];
  /** Who takes the step. */
  readonly service?: string;
  /** What it writes: SHA-256 by path, null = gone. */
  readonly files: Readonly<Record<string, string | null>>;
}

export interface ToldForecast {
  readonly state: RolloutState;
  readonly steps: readonly ToldStep[];
  readonly end: RolloutMove;
  /** The step that fails. */
  readonly failing?: string;
}

/** All commits to come of a rollout: the earliest time of each, how much moves, and what it would exceed. */
export function renderForecastText({ state, steps, end, failing }: ToldForecast): string {
  const table = steps.length === 0 ? [] : [...tableOf(state, steps), ''];
  return `${[...table, visibleText(lastLine(state, end, failing))].join('\n')}\n`;
}

function tableOf(state: RolloutState, steps: readonly ToldStep[]): readonly string[] {
  const rows = [
    ['earliest', 'moves', 'step', ''],
    ...steps.map(({ earliest, shiftedPercent, step, title, service }) => [
      timeWords(earliest),
      shiftedPercent === 0 ? 'nobody' : `${shiftedPercent} %`,
      state.isTrain && service !== undefined ? `${step} of ${service}` : step,
      title,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  return rows.flatMap((row, i) => [
    row
      .map((cell, column) => visibleText(cell) + ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))))
      .join('  ')
      .trimEnd(),
    ...(steps[i - 1]?.blocks ?? []).map(({ reason }) => visibleText(`  has to wait: ${reason}`)),
  ]);
}

function lastLine(state: RolloutState, end: RolloutMove, failing: string | undefined): string {
  if (failing !== undefined) return `Step ${failing} fails: nothing should be begun.`;
  if (end.kind === 'done') return 'Then nothing is left to do.';
  if (end.kind === 'wait') return `Then it waits: ${end.blocks.map(({ reason }) => reason).join('; ')}`;
  return `Then: ${nextWords(state, end)}`;
}

export function renderForecastJson({ state, steps, end, failing }: ToldForecast): string {
  return `${visibleJson({ version: 1, environment: state.environment, rollout: state.subject, steps, end, ...(failing === undefined ? {} : { failing }) })}\n`;
}
