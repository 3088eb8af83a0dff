import { type JsonObject, sameJson } from '../model/json.ts';
import type { Position } from '../model/position.ts';
import { requestLine } from '../model/request-words.ts';
import type { DecisionStep, MeshRequest, RouteDecision, RoutedDestination, RouteFailure } from '../model/routing.ts';
import { displayWidth } from './display-width.ts';
import { flowWords } from './flow-words.ts';
import type { Palette } from './palette.ts';
import { visibleText } from './visible-text.ts';
import { wayLines } from './way-words.ts';

/** Where words stand, as people find it: 'environments/prod/services/reviews.yaml', line and column. */
export interface WordsPlace extends Position {
  readonly file: string;
}

/** A decision to be told. */
export interface TracedDecision {
  readonly request: MeshRequest;
  /** What was taken for granted of the request's words. */
  readonly notes: readonly string[];
  readonly decision: RouteDecision;
  /** Beside each step of the decision, in its order. */
  readonly places: readonly (WordsPlace | undefined)[];
}

/** The story of a request: what it is, what was looked at and why it did or did not hold, and where it ends. */
export function renderDecisionText({ request, notes, decision, places }: TracedDecision, palette: Palette): string {
  const { steps, assumptions, undefinedOrder = [] } = decision;
  // Where the request ends says all of destinations once more.
  const all = steps.map((step, i) => ({ step, place: places[i] }));
  const told = folded(all.filter(({ step }) => step.about !== 'destination'));
  const sources = all.filter(({ step }) => step.about === 'destination').map(({ place }) => place);
  const asides = [
    ...notes.map((one) => `${palette.severity.info('note')}: ${visibleText(one)}`),
    ...(undefinedOrder.length === 0 ? [] : [`${palette.severity.warning('undefined')}: ${openOrder(undefinedOrder)}`]),
    ...assumptions.map((one) => `${palette.severity.info('assumed')}: ${visibleText(one)}`),
  ];
  const lines = [
    palette.strong(visibleText(requestLine(request))),
    ...(told.length === 0 ? [] : ['', ...withPlaces(told, palette)]),
    '',
    ...endLines(decision, sources, palette),
    ...wayLines(decision.onTheWay).map((line) => `       ${visibleText(line)}`),
    ...(asides.length === 0 ? [] : ['', ...asides]),
  ];
  return `${lines.join('\n')}\n`;
}

function openOrder(rivals: readonly string[]): string {
  return visibleText(`${rivals.join(' and ')} both decide this; Istio goes by the older one, which manifests do not tell`);
}

interface ToldStep {
  readonly step: DecisionStep;
  readonly place: WordsPlace | undefined;
}

const mostMisses = 8;

/** Of a long row of matches that did not hold the first ones tell enough. */
function folded(told: readonly ToldStep[]): readonly ToldStep[] {
  const shown: ToldStep[] = [];
  for (let i = 0; i < told.length; ) {
    let end = i;
    while (isMiss(told[end])) end += 1;
    if (end - i <= mostMisses) shown.push(...told.slice(i, Math.max(end, i + 1)));
    else {
      const says = `and ${end - i - 3} more that do not match`;
      shown.push(...told.slice(i, i + 3), { step: { about: 'fold', says, took: false }, place: undefined });
    }
    i = Math.max(end, i + 1);
  }
  return shown;
}

function isMiss(told: ToldStep | undefined): boolean {
  return told?.step.about === 'match' && !told.step.took;
}

/** The words behind each step in a column of their own; a line too long for it has them at its end. */
function withPlaces(told: readonly ToldStep[], palette: Palette): readonly string[] {
  const plain = stepTexts(told.map(({ step }) => step));
  const column = Math.max(0, ...plain.map(displayWidth).filter((width) => width <= widestStep)) + 2;
  return told.map(({ step, place }, i) => {
    const text = plain[i] ?? '';
    const mark = step.took ? palette.good('✓') : palette.guide('·');
    const line = text.replace(/^( *)[✓·]/, `$1${mark}`);
    if (place === undefined) return line;
    return `${line}${' '.repeat(Math.max(2, column - displayWidth(text)))}${palette.faint(visibleText(`${place.file}:${place.line}`))}`;
  });
}

const widestStep = 96;

/** A match names its object only where no line above it did. */
function stepTexts(steps: readonly DecisionStep[]): readonly string[] {
  let known = '';
  return steps.map((step) => {
    const text = stepText(step, known);
    if (step.place !== undefined) known = step.place.manifest;
    return text;
  });
}

function stepText({ says, took, place, about }: DecisionStep, known: string): string {
  const inner = about === 'match' || about === 'delegate' || about === 'fold';
  const title = place === undefined || (inner && place.manifest === known) ? '' : `${place.manifest}${about === 'near-miss' ? ':' : ''} `;
  const where = place === undefined || !inner ? title : `${title}${readable(place.pointer)}: `;
  return `${inner ? '    ' : '  '}${took ? '✓' : '·'} ${visibleText(`${where}${says}`)}`;
}

/** '/http/0/match/1' → 'http[0].match[1]' */
function readable(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .map((segment, i) => (/^\d+$/.test(segment) ? `[${segment}]` : `${i === 0 ? '' : '.'}${segment}`))
    .join('');
}

function endLines(decision: RouteDecision, sources: readonly (WordsPlace | undefined)[], palette: Palette): readonly string[] {
  const arrow = palette.strong('→');
  switch (decision.kind) {
    case 'route':
      return destinationLines(decision.destinations, sources, palette);
    case 'redirect':
      return [`  ${arrow} redirect ${visibleText(flowWords(decision.redirect ?? {}))}`];
    case 'direct-response':
      return [`  ${arrow} answered at once ${visibleText(flowWords(decision.directResponse ?? {}))}`];
    case 'passthrough':
      return [`  ${arrow} passed through to the address it was for`];
    case 'failure': {
      const failure = decision.failure ?? { flag: 'NR', reason: '' };
      return [`  ${arrow} ${failureWords(failure, palette)}`];
    }
  }
}

function failureWords({ status, flag, reason }: RouteFailure, palette: Palette): string {
  const words = status === undefined ? (flag === 'reset' ? 'connection reset' : `connection reset (${flag})`) : `${status} (${flag})`;
  return `${palette.severity.error(words)} ${visibleText(reason)}`;
}

/** Each with the words that declare it; a policy that holds for all of them is told once. */
function destinationLines(
  destinations: readonly RoutedDestination[],
  sources: readonly (WordsPlace | undefined)[],
  palette: Palette,
): readonly string[] {
  const [first] = destinations;
  const isShared = destinations.every(({ policy }) => first !== undefined && sameJson(policy, first.policy));
  const lines = destinations.flatMap((one, i) => {
    const place = sources[i];
    const where = place === undefined ? '' : `  ${palette.faint(visibleText(`${place.file}:${place.line}`))}`;
    return [
      `  ${palette.strong('→')} ${destinationLine(one)}${where}`,
      ...(one.failure === undefined ? [] : [`           ${failureWords(one.failure, palette)}`]),
      ...(one.headers === undefined ? [] : [`           headers: ${visibleText(flowWords(one.headers))}`]),
      ...(isShared ? [] : policyLines(one.policy, '           ')),
    ];
  });
  return isShared && first !== undefined ? [...lines, ...policyLines(first.policy, '       ')] : lines;
}

function destinationLine({ host, subset, port, percent }: RoutedDestination): string {
  const share = `${String(Number(percent.toFixed(2))).padStart(3)} %`;
  const name = `${subset === undefined ? '' : `${subset} of `}${host}:${port}`;
  return `${share}  ${visibleText(name)}`;
}

function policyLines(policy: JsonObject, indent: string): readonly string[] {
  return Object.entries(policy).map(([block, value]) => `${indent}${block}: ${visibleText(flowWords(value))}`);
}
