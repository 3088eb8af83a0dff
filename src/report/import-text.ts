import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { DraftIntent, Imported } from '../model/imported.ts';
import { byCodePoint, listWords } from '../model/names.ts';
import type { FileTree } from '../model/source.ts';
import { visibleText } from './visible-text.ts';

/** What is told of it. */
export type ImportReport = Omit<Imported, 'files'> & { readonly environment: string };

/** 'prod: 2 objects became 1 intent, in 8 lines from 36', and what else is to be known of it. */
export function renderImportText({ environment, intents, kept, comparison, others, lines }: ImportReport): string {
  const replaced = intents.reduce((sum, { replaces }) => sum + replaces.length, 0);
  const became =
    replaced === 0
      ? 'no object became an intent'
      : `${count(replaced, 'object')} became ${kindsOf(intents)}, in ${count(lines.after, 'line')} from ${lines.before}`;
  const respelled = comparison.changes.filter(({ action }) => action === 'update').length;
  return [
    `${visibleText(environment)}: ${became}`,
    ...(kept.length === 0
      ? []
      : [`  ${count(kept.length, 'object')} ${kept.length === 1 ? 'stays' : 'stay'} as written, in legacy/: ${reasonsOf(kept)}`]),
    ...(respelled === 0 ? [] : [`  ${count(respelled, 'object')} will be written otherwise than before, and answer alike`]),
    ...(others === 0
      ? []
      : [
          `  ${count(others, 'other object')} told what there is, and ${others === 1 ? 'was' : 'were'} not copied: \`registry:\` can show ${others === 1 ? 'it' : 'them'} to the environment`,
        ]),
    '',
  ].join('\n');
}

/** Files that are named; of more the number says enough. */
const mostPaths = 40;

export interface WrittenImport {
  readonly environment: string;
  /** What was imported, as somebody named it. */
  readonly named: string;
  /** Where the environment is rendered, as seen from where the command runs. */
  readonly rendered: string;
  /** Objects that are not copied: what is rendered has none of them, so that it and what was imported are no two sides to be compared. */
  readonly others: number;
  readonly isDry: boolean;
}

/** What was done with each file, and what comes next. */
export function renderWrittenText(
  written: FileTree,
  unchanged: number,
  { environment, named, rendered, others, isDry }: WrittenImport,
): string {
  const paths = [...written.keys()];
  const comparison = others > 0 ? '' : ` && mainsheet diff --manifests ${visibleText(named)} ${visibleText(rendered)}`;
  const shown = paths.length > mostPaths ? paths.slice(0, mostPaths - 1) : paths;
  return [
    ...shown.map((path) => `${isDry ? 'would be written' : 'written'}  ${visibleText(path)}`),
    ...(shown.length < paths.length ? [`and ${paths.length - shown.length} more`] : []),
    ...(unchanged === 0 ? [] : [`${count(unchanged, 'file')} unchanged`]),
    '',
    `Next: mainsheet render --env ${visibleText(environment)}${comparison}`,
    '',
  ].join('\n');
}

/** 'MS1101 kind-has-intents (3), MS1102 words-say-it' */
function reasonsOf(kept: readonly LocatedDiagnostic[]): string {
  const number = new Map<string, number>();
  for (const { code, name } of kept) number.set(`${code} ${name}`, (number.get(`${code} ${name}`) ?? 0) + 1);
  const said = [...number].sort(([a], [b]) => byCodePoint(a, b)).map(([reason, times]) => (times === 1 ? reason : `${reason} (${times})`));
  return said.join(', ');
}

function kindsOf(intents: readonly DraftIntent[]): string {
  const said = (['service', 'external', 'gateway'] as const).flatMap((kind) => {
    const number = intents.filter((intent) => intent.kind === kind && intent.replaces.length > 0).length;
    return number === 0 ? [] : [count(number, kind)];
  });
  return listWords(said);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
