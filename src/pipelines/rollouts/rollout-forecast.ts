/**
 * The page of a rollout that has not begun, played to its end: every state that will be merged, with its phases, rendered, checked and proven
 * by the same steps that will propose it.
 *
 *   texts ──decide──▶ move ──edit──▶ texts ──propose──▶ what is merged ──▶ texts ──decide──▶ …
 *
 * Time passes as fast as soaks and freezes let it, every gate passes, and whatever is proposed is merged and live at once.
 */
import { type ParsedTexts, rememberedTexts, rememberingParser } from '../../document/remembering-parser.ts';
import { load, loadSettings } from '../../load/load.ts';
import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { intentTitle } from '../../model/intent.ts';
import type { RolloutBlock, RolloutMove, Seconds } from '../../model/rollout.ts';
import type { FileTree } from '../../model/source.ts';
import type { RefusedEdit } from '../phase-edits.ts';
import type { ProposedChange, RefusedChange } from '../propose/propose.ts';
import { type ForecastRequest, type Here, type NextMove, nextMove } from './forecast-move.ts';
import { changeOfMove, largestShift } from './rollout-change.ts';
import type { RolloutEntry } from './rollout-moves.ts';
import { rolloutOf } from './rollouts.ts';

/** One commit to come. */
export interface ForecastStep {
  readonly move: RolloutMove;
  /** 'canary-25-expand' */
  readonly step: string;
  /** The earliest time at which it can be proposed. */
  readonly earliest: Seconds;
  readonly change: ProposedChange;
  /** The largest part of a class of requests that moves, in percent. */
  readonly shiftedPercent: number;
  /** What will keep it from being proposed, other than time: limits that it would exceed. */
  readonly blocks: readonly RolloutBlock[];
}

export interface Forecast {
  readonly steps: readonly ForecastStep[];
  /** What the last of them leaves: nothing more happens by itself. */
  readonly end: RolloutMove;
  /** Why it stops before its end: the step that fails, and all that is wrong with it. */
  readonly failure?: ForecastFailure;
}

export interface ForecastFailure {
  readonly step: string;
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Texts that diagnostics point into. */
  readonly sources: FileTree;
  readonly refused: readonly RefusedEdit[];
  readonly unsafe: readonly RefusedChange[];
}

/** More commits than this have no end. */
const mostSteps = 200;

/** Everything that will be merged from here on; it fails now if a later step would. Undefined where there is no such rollout. */
export function forecast(request: ForecastRequest): Forecast | undefined {
  const parsed = rememberedTexts();
  let here: Here = { tree: request.tree, rendered: request.rendered, at: request.now, histories: request.histories ?? new Map() };
  const steps: ForecastStep[] = [];
  for (let count = 0; count < mostSteps; count += 1) {
    const loaded = loadedOf(here.tree, request.environment, parsed);
    const entry = loaded === undefined ? undefined : rolloutOf(loaded, request.subject, here.histories);
    if (loaded === undefined || entry === undefined)
      return count === 0 ? undefined : { steps, end: { kind: 'done', reason: 'nothing is left' } };
    const next = nextMove(request, here, loaded, entry, count === 0);
    if (next.move.kind === 'wait' || next.move.kind === 'done') return { steps, end: next.move };
    const made = makeStep(request, { ...here, at: next.at }, loaded, entry, next, parsed);
    if ('failure' in made) return { steps, end: next.move, failure: made.failure };
    steps.push(made.step);
    here = merged(request, { ...here, at: next.at }, made.step, parsed);
  }
  return { steps, end: { kind: 'wait', blocks: [] } };
}

function makeStep(
  request: ForecastRequest,
  here: Here,
  loaded: LoadedEnvironment,
  entry: RolloutEntry,
  { move, at, blocks }: NextMove,
  parsed: ParsedTexts,
): { readonly step: ForecastStep } | { readonly failure: ForecastFailure } {
  const made = changeOfMove({
    tree: here.tree,
    loaded,
    entry,
    move,
    rendered: () => here.rendered,
    stickyId: request.stickyId,
    parsed,
    ...(request.folder === undefined ? {} : { folder: request.folder }),
    ...(request.today === undefined ? {} : { today: request.today }),
  });
  const { change, name } = made;
  if (change === undefined) {
    const { diagnostics, sources, refused, unsafe } = made;
    return { failure: { step: name, diagnostics: diagnostics.filter(isError), sources, refused, unsafe } };
  }
  const shiftedPercent = largestShift(entry, change);
  return { step: { move, step: change.step ?? name, earliest: at, change, shiftedPercent, blocks } };
}

/** As it is once a commit to come is merged. */
function merged({ environment, subject }: ForecastRequest, here: Here, { change }: ForecastStep, parsed: ParsedTexts): Here {
  const tree = new Map(here.tree);
  for (const [path, text] of change.inputs) {
    if (text === null) tree.delete(path);
    else tree.set(path, text);
  }
  const rendered = change.environments.find(({ name }) => name === environment)?.files ?? here.rendered;
  const loaded = loadedOf(tree, environment, parsed);
  const histories = new Map(here.histories);
  const intents = loaded === undefined ? [] : (rolloutOf(loaded, subject)?.intents ?? []);
  for (const intent of intents) {
    const title = intentTitle(intent);
    histories.set(title, [{ commit: '', date: here.at, words: intent.value }, ...(histories.get(title) ?? [])]);
  }
  return { tree, rendered, at: here.at, histories };
}

function loadedOf(tree: FileTree, environment: string, parsed: ParsedTexts): LoadedEnvironment | undefined {
  const parse = rememberingParser(parsed);
  const settings = loadSettings(tree, parse).value;
  return settings === undefined ? undefined : load(tree, environment, settings, parse).value;
}
