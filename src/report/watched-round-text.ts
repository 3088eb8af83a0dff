import { isError, type LocatedDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';
import { type ComparisonSettings, renderComparisonText } from './comparison-text.ts';
import { displayWidth } from './display-width.ts';
import type { Palette } from './palette.ts';
import { visibleText } from './visible-text.ts';
import type { SavedFile, WatchedEnvironment, WatchedRound } from './watched-round.ts';

export interface WatchedRoundSettings extends Pick<ComparisonSettings, 'print'> {
  readonly palette: Palette;
  readonly findings: (diagnostics: readonly LocatedDiagnostic[]) => string;
  /** Told in the round before: what is no error is not told again. */
  readonly known: readonly LocatedDiagnostic[];
  /** The folder of rendered files, as people know it. */
  readonly rendered: string;
  /** Whether anything was rendered in this run. */
  readonly hasRendered: boolean;
}

/** What was saved, what is wrong with it, and what it changes: requests first. */
export function renderWatchedRoundText(round: WatchedRound, settings: WatchedRoundSettings): string {
  const { palette, findings, known, print } = settings;
  const { state, saved, comparisons, diagnostics, refusal } = round;
  const told = diagnostics.filter((one) => isError(one) || !known.some((other) => isSame(one, other)));
  const parts = [
    ...(saved.length === 0 ? [] : [`${palette.strong(savedWords(saved))}\n`]),
    ...(refusal === undefined ? [] : [`${palette.severity.error('error')}: ${visibleText(refusal.message)}\n`]),
    ...(refusal?.hints ?? []).map((hint) => `  help: ${visibleText(hint)}\n`),
    findings(told),
    environmentLines(round),
    ...(state === 'held-back' ? [`${heldBackWords(settings)}\n`] : []),
    ...comparisons.map((one) => `\n${renderComparisonText(one, { print }, palette)}`),
  ];
  return parts.join('');
}

function isSame(a: LocatedDiagnostic, b: LocatedDiagnostic): boolean {
  return a.code === b.code && a.message === b.message && a.at?.file === b.at?.file;
}

function heldBackWords({ rendered, hasRendered }: WatchedRoundSettings): string {
  return hasRendered
    ? `Nothing is written: ${visibleText(rendered)}/ stays as the last good save made it.`
    : 'Nothing is written yet; the next save is tried again.';
}

const mostNames = 3;

/** 'saved a.yaml and b.yaml; removed c.yaml' */
function savedWords(saved: readonly SavedFile[]): string {
  const words = { changed: 'saved', new: 'new', removed: 'removed' } as const;
  return (['changed', 'new', 'removed'] as const)
    .flatMap((change) => {
      const paths = saved.filter((one) => one.change === change).map(({ path }) => visibleText(path));
      const shown = paths.length > mostNames + 1 ? [...paths.slice(0, mostNames), `${paths.length - mostNames} more`] : paths;
      return paths.length === 0 ? [] : [`${words[change]} ${listWords(shown)}`];
    })
    .join('; ');
}

function environmentLines({ environments, state, milliseconds }: WatchedRound): string {
  const took = `(${Math.round(milliseconds)} ms)`;
  if (environments.length === 0) return state === 'held-back' ? '' : `No rendered file changes. ${took}\n`;
  const width = Math.max(...environments.map(({ name }) => displayWidth(name)));
  const last = environments.length - 1;
  return environments
    .map((one, i) => `${one.name}${' '.repeat(width - displayWidth(one.name))}  ${writtenWords(one)}${i === last ? ` ${took}` : ''}\n`)
    .join('');
}

function writtenWords({ files, written, removed }: WatchedEnvironment): string {
  const count = `${files} ${files === 1 ? 'file' : 'files'}`;
  if (written === undefined || removed === undefined) return `${count}, none written`;
  const changes = [written > 0 ? `${written} written` : '', removed > 0 ? `${removed} removed` : ''].filter(Boolean);
  return [count, ...(changes.length === 0 ? ['up to date'] : changes)].join(', ');
}
