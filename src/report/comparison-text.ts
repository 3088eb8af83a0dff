import { listWords } from '../model/names.ts';
import type { Change, Comparison, TrafficChange, TrafficDiff } from '../model/traffic-diff.ts';
import { displayWidth } from './display-width.ts';
import { changeWords, placeTitle, policyWords, reachabilityWords, shiftWords, valueWords } from './outcome-words.ts';
import type { Palette } from './palette.ts';
import { requestLine } from './request-words.ts';
import { unifiedDiff } from './unified-diff.ts';
import { visibleText } from './visible-text.ts';

/** Two meshes that were compared, with the names by which people know them. */
export interface NamedComparison {
  /** 'prod', 'k8s/old → k8s/new' */
  readonly title: string;
  /** 'rendered/prod' */
  readonly before: string;
  readonly after: string;
  readonly comparison: Comparison;
}

/** How changes of objects are shown: by name, as a diff of their texts, or as operations. */
export type PatchStyle = 'unified' | 'rfc6902';

export interface ComparisonSettings {
  readonly patch?: PatchStyle;
  /** An object as YAML. */
  readonly print: (body: Change['before']) => string;
}

/** First what changes for requests, then what becomes of objects. */
export function renderComparisonText(compared: NamedComparison, settings: ComparisonSettings, palette: Palette): string {
  const { title, before, after, comparison } = compared;
  const { namespaces, traffic, changes, formatting, notSimulated, assumptions } = comparison;
  const lines = [
    `${palette.strong(visibleText(title))}: ${visibleText(`${before} → ${after}`)}`,
    ...(namespaces === undefined ? [] : [palette.faint(visibleText(`  namespace ${namespaces.before} is taken for ${namespaces.after}`))]),
    '',
    ...(traffic.length === 0 ? [noChange(comparison)] : traffic.flatMap((diff) => trafficLines(diff, palette)).slice(0, -1)),
    '',
    ...(notSimulated.length === 0
      ? []
      : [
          `${palette.severity.warning('not simulated')}: ${visibleText(listWords(notSimulated))}; what they do to requests is not told above`,
          '',
        ]),
    ...objectLines(changes, formatting, settings, palette),
    ...assumptionLines(assumptions, palette),
  ];
  return `${lines.join('\n')}\n`;
}

/** Said only where it is known. */
export function noChange({ notSimulated }: Pick<Comparison, 'notSimulated'>): string {
  return notSimulated.length === 0 ? 'No request changes.' : 'No route changes; whether a request does is not known.';
}

function trafficLines(diff: TrafficDiff, palette: Palette): readonly string[] {
  const rows = diff.classes.map((one) => ({
    one,
    cells: [one.requests.join('; '), ...changeWords(one, diff.host)].map(visibleText),
  }));
  const widths = [0, 1, 2].map((column) =>
    Math.min(column === 0 ? 48 : 40, Math.max(...rows.map(({ cells }) => displayWidth(cells[column] ?? '')))),
  );
  const title = palette.strong(visibleText(placeTitle(diff)));
  return [title, ...rows.flatMap(({ one, cells }) => classLines(one, cells, widths, diff.host, palette)), ''];
}

function classLines(
  one: TrafficChange,
  cells: readonly string[],
  widths: readonly number[],
  host: string,
  palette: Palette,
): readonly string[] {
  const [requests = '', before = '', after = ''] = cells.map((cell, i) => padded(cell, widths[i] ?? 0));
  const [first = ''] = cells;
  const isLong = displayWidth(first) > (widths[0] ?? 0);
  const lost = reachabilityWords(one);
  const shown = lost === undefined ? '' : `  ${one.reachability === 'lost' ? palette.severity.error(lost) : palette.good(lost)}`;
  const failures = [
    ...new Set([one.before, one.after].flatMap(({ failure, shares }) => [failure, ...shares.map((share) => share.failure)])),
  ];
  const reasons = failures.flatMap((failure) => (failure === undefined ? [] : [`${failure.flag}: ${failure.reason}`]));
  return [
    ...(isLong ? [`  ${first}`] : []),
    `  ${isLong ? ' '.repeat(widths[0] ?? 0) : requests}  ${before}  ${palette.guide('→')}  ${after}  ${shiftWords(one)}${shown}`.trimEnd(),
    ...one.policies.map((policy) => `      ${visibleText(policyWords(policy, host))}`),
    ...(one.reachability === 'same' ? [] : [...new Set(reasons)].map((reason) => `      ${visibleText(reason)}`)),
    ...[witnessLine(one), ...one.causes.map(causeLine)].map((line) => `      ${palette.faint(visibleText(line))}`),
  ];
}

function witnessLine({ witness }: TrafficChange): string {
  return witness.kind === 'confirmed'
    ? `such as ${requestLine(witness.request)}`
    : `undecided whether there are such requests: ${witness.because}`;
}

/** 'by service reviews, environments/prod/services/reviews.yaml:2 (VirtualService bookinfo/reviews)' */
function causeLine({ manifest, owner, at }: TrafficChange['causes'][number]): string {
  const where = at === undefined ? '' : `${at.file}:${at.line}`;
  if (owner === undefined) return `by ${manifest}${where === '' ? '' : `, ${where}`}`;
  return `by ${owner}${where === '' ? '' : `, ${where}`} (${manifest})`;
}

const marks = { create: '+', delete: '-', update: '~', unchanged: ' ' } as const;

function objectLines(
  changes: readonly Change[],
  formatting: Comparison['formatting'],
  settings: ComparisonSettings,
  palette: Palette,
): readonly string[] {
  const changed = changes.filter(({ action }) => action !== 'unchanged');
  const told = changed.flatMap((change) => [changeLine(change, palette), ...patchLines(change, settings, palette)]);
  return [objectSummary(changes), ...told, ...formatting.map((path) => `  ${palette.faint(visibleText(`formatting only: ${path}`))}`)];
}

/** 'Objects: 1 created, 2 updated, 14 unchanged' */
export function objectSummary(changes: readonly Change[]): string {
  const words = { create: 'created', update: 'updated', delete: 'deleted', unchanged: 'unchanged' } as const;
  const counts = (['create', 'update', 'delete', 'unchanged'] as const).map((action) => ({
    word: words[action],
    count: changes.filter((change) => change.action === action).length,
  }));
  const said = counts.filter(({ count }) => count > 0).map(({ word, count }) => `${count} ${word}`);
  return `Objects: ${said.length === 0 ? 'none' : said.join(', ')}`;
}

function changeLine({ id, action, operations }: Change, palette: Palette): string {
  const paint = action === 'create' ? palette.good : action === 'delete' ? palette.severity.error : palette.strong;
  const count = action === 'update' ? `  ${operations.length} ${operations.length === 1 ? 'change' : 'changes'}` : '';
  return `  ${paint(marks[action])} ${visibleText(id)}${count}`;
}

function patchLines(change: Change, { patch, print }: ComparisonSettings, palette: Palette): readonly string[] {
  if (patch === undefined) return [];
  if (patch === 'rfc6902')
    return change.operations.map(
      (operation) =>
        `      ${visibleText(`${operation.op} ${operation.path}${'value' in operation ? ` ${valueWords(operation.value)}` : ''}`)}`,
    );
  return unifiedDiff(printed(change.before, print), printed(change.after, print)).map((line) => {
    const paint = line.startsWith('+') ? palette.good : line.startsWith('-') ? palette.severity.error : palette.faint;
    return `      ${paint(visibleText(line))}`;
  });
}

export function printed(body: Change['before'], print: ComparisonSettings['print']): string {
  return body === undefined ? '' : print(body);
}

const mostAssumptions = 5;

function assumptionLines(assumptions: readonly string[], palette: Palette): readonly string[] {
  const shown = assumptions.slice(0, mostAssumptions).map((one) => palette.faint(visibleText(`assumed: ${one}`)));
  const more = assumptions.length - shown.length;
  return assumptions.length === 0
    ? []
    : ['', ...shown, ...(more > 0 ? [palette.faint(`and ${more} more that the input does not tell`)] : [])];
}

function padded(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - displayWidth(text)))}`;
}
