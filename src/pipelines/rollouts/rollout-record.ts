/**
 * The page of whether a commit is the step that it says.
 *
 *   intents of its parent ──which moves have this name?──▶ words after each ──▶ are they what the commit says in the end?
 */
import { applyNext } from '../../load/apply-next.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { type Intent, intentTitle, mergePatch } from '../../model/intent.ts';
import { isObject, type JsonObject, objectOr, sameJson, stableJson } from '../../model/json.ts';
import type { RolloutMove } from '../../model/rollout.ts';
import { isBegun, movingMembers, stepName, turnOf } from '../../rollout/steps.ts';
import { type StickyId, withState, wordsAfter } from '../../rollout/words-after.ts';
import { moveName } from './rollout-change.ts';
import type { RolloutEntry } from './rollout-moves.ts';
import { rollbackOf } from './rollouts.ts';

export interface StepRecord {
  readonly before: LoadedEnvironment;
  readonly after: LoadedEnvironment;
  /** As the parent has it; undefined where there is none there. */
  readonly entry: RolloutEntry | undefined;
  /** 'canary-25', 'canary-25-expand' */
  readonly step: string;
  readonly stickyId: StickyId;
}

/** What a commit changes of the intents that its step does not; empty where it is that step, or one phase of it. */
export function strangersToStep({ before, after, entry, step, stickyId }: StepRecord): readonly string[] {
  const [, name = step, phase] = /^(.+?)(?:-(expand|shift|contract))?$/.exec(step) ?? [];
  const ends = valuesOf(applyNext(after));
  const wanted = entry === undefined ? [] : movesNamed(entry, name, ends).map((move) => wordsOf(before, entry, move, stickyId));
  const [first] = wanted;
  if (entry === undefined || first === undefined) return [`no step ${step} comes after what its parent says`];
  const told = wanted.map((one) => differencesFrom(one, ends, step));
  const inTheEnd = told.find((faults) => faults.length === 0) ?? told[0] ?? [];
  return [...inTheEnd, ...earlyShares(before, after, entry, phase), ...changesBeside(before, after, new Set(first.keys()))];
}

type Values = ReadonlyMap<string, JsonObject>;

/** Moves that the parent allows for by this name; what a gate said of a hold is the commit's own. */
function movesNamed(entry: RolloutEntry, name: string, ends: Values): readonly RolloutMove[] {
  const { state, subject } = entry;
  const { plan, queued } = state;
  const { member, step: at } = turnOf(state);
  const reason = '';
  const isWhole = movingMembers(state).every(({ canary }) => canary?.percent === 100);
  const { hold } = objectOr(ends.get(intentTitle(subject))?.rollout);
  const moves: readonly (RolloutMove | undefined)[] = [
    member === undefined || plan.steps[at + 1] === undefined
      ? undefined
      : { kind: 'forward', service: member.service, step: at + 1, reason },
    member === undefined || queued === undefined || isBegun(state)
      ? undefined
      : { kind: 'start', service: member.service, version: queued, step: 0, reason },
    state.hasNext ? { kind: 'phase', reason } : undefined,
    isWhole ? { kind: 'finish', reason } : undefined,
    { kind: 'retire', reason },
    rollbackOf(state, reason, 'once'),
    rollbackOf(state, reason, 'by-plan'),
    typeof hold === 'string' ? { kind: 'hold', reason: hold } : undefined,
  ];
  const isNamed = (move: RolloutMove) => (move.kind === 'forward' ? stepName(plan, move.step) : moveName(entry, move)) === name;
  return moves.filter((move) => move !== undefined).filter(isNamed);
}

/** What each intent of a rollout says once a move is whole. */
function wordsOf(before: LoadedEnvironment, { state, subject, intents }: RolloutEntry, move: RolloutMove, stickyId: StickyId): Values {
  if (move.kind === 'phase') return valuesOf({ intents: applyNext(before).intents.filter(isOneOf(intents)) });
  const members = intents.flatMap((intent, i): readonly (readonly [string, JsonObject])[] => {
    const member = state.members[i];
    return member === undefined ? [] : [[intentTitle(intent), inForce(wordsAfter(state, member, intent.value, move, stickyId))]];
  });
  const isHeld = move.kind === 'hold' && state.isTrain;
  return new Map([...members, ...(isHeld ? [[intentTitle(subject), withState(subject.value, { hold: move.reason })] as const] : [])]);
}

function isOneOf(intents: readonly Intent[]): (intent: Intent) => boolean {
  const titles = new Set(intents.map(intentTitle));
  return (intent) => titles.has(intentTitle(intent));
}

function inForce({ next, ...words }: JsonObject): JsonObject {
  return isObject(next) ? mergePatch(words, next, () => false) : words;
}

function differencesFrom(wanted: Values, ends: Values, step: string): readonly string[] {
  return [...wanted].flatMap(([title, words]) => {
    const said = ends.get(title) ?? {};
    const names = [...new Set([...Object.keys(words), ...Object.keys(said)])].filter((word) => !sameJson(words[word], said[word]));
    return names.map((word) => `${word} of ${title} is ${shown(said, word)}, and after ${step} it has to be ${shown(words, word)}`);
  });
}

function shown(words: JsonObject, word: string): string {
  const { [word]: value } = words;
  return value === undefined ? 'not there' : stableJson(value);
}

/** While a change is only made ready nobody moves; with any later phase all do who will. */
function earlyShares(
  before: LoadedEnvironment,
  after: LoadedEnvironment,
  { intents }: RolloutEntry,
  phase: string | undefined,
): readonly string[] {
  const [was, is, will] = [valuesOf(before), valuesOf(after), valuesOf(applyNext(after))];
  return intents.map(intentTitle).flatMap((title) => {
    const due = (phase === 'expand' ? was : will).get(title);
    return sameJson(is.get(title)?.canary, due?.canary)
      ? []
      : [
          `canary of ${title} is ${shown(is.get(title) ?? {}, 'canary')} ${phase === undefined ? 'now' : `already in phase ${phase}`}, and has to be ${shown(due ?? {}, 'canary')}`,
        ];
  });
}

function changesBeside(before: LoadedEnvironment, after: LoadedEnvironment, own: ReadonlySet<string>): readonly string[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const others = [...new Set([...was.keys(), ...is.keys()])].filter((title) => !own.has(title) && !sameJson(was.get(title), is.get(title)));
  const setting = sameJson(before.environment.value, after.environment.value) ? [] : [`environment ${before.environment.name}`];
  return [...setting, ...others].map((title) => `it changes ${title}, which is no part of the step`);
}

function valuesOf({ intents }: Pick<LoadedEnvironment, 'intents'>): Values {
  return new Map(intents.map((intent) => [intentTitle(intent), intent.value]));
}
