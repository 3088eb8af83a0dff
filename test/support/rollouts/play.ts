import { mergePatch } from '../../../src/model/intent.ts';
import { isObject, objectOr } from '../../../src/model/json.ts';
import type { RolloutMove } from '../../../src/model/rollout.ts';
import { rollbackOf } from '../../../src/rollout/decide.ts';
import { isActive } from '../../../src/rollout/steps.ts';
import { withState, wordsAfter } from '../../../src/rollout/words-after.ts';
import { faultsOfMove, faultsOfWorld } from './oracle.ts';
import {
  later,
  merged,
  type Pull,
  type Rules,
  type Sky,
  situationOf,
  stateOf,
  tooLate,
  type Weather,
  type World,
  weathers,
  wordsOf,
} from './world.ts';

/** What may happen to a rollout. A run looks and acts; two that run at once look, and one of them acts when the other has. */
export type Action =
  | { readonly kind: 'run' | 'look'; readonly sky: Sky }
  | { readonly kind: 'hour' | 'sync' | 'act late' | 'merge' | 'close' | 'commit' | 'hold' | 'resume' | 'edit' | 'ask' | 'back' };

const skies = Object.keys(weathers).filter((name): name is Sky => name in weathers);

export const actions: readonly Action[] = [
  ...skies.map((sky) => ({ kind: 'run', sky }) as const),
  ...(['passing', 'failing'] as const).map((sky) => ({ kind: 'look', sky }) as const),
  ...(['hour', 'sync', 'act late', 'merge', 'close', 'commit', 'hold', 'resume', 'edit', 'ask', 'back'] as const).map((kind) => ({ kind })),
];

export interface Played {
  readonly world: World;
  readonly faults: readonly string[];
}

/** What is wrong with a world: its words, or that there is no way back from it. */
export function faultsOf(rules: Rules, world: World): readonly string[] {
  return [...faultsOfWorld(rules, world), ...rollbackFaults(rules, world)];
}

/** The world after an action, the same one where it changes nothing; and what is wrong with what was done, not with what came of it. */
export function play(rules: Rules, world: World, action: Action): Played {
  const first = rules.targets[0]?.service ?? '';
  const said = objectOr(wordsOf(world, first).rollout);
  const fine = (next: World): Played => ({ world: next, faults: [] });
  const write = (state: Parameters<typeof withState>[1]): Played =>
    fine(merged(world, { ...world.words, [first]: withState(wordsOf(world, first), state) }));
  switch (action.kind) {
    case 'hour':
      return fine(later(world));
    case 'sync':
      return world.liveAge === undefined ? fine({ ...world, liveAge: 0 }) : fine(world);
    case 'run':
      return runTwice(rules, world, weathers[action.sky]);
    case 'look':
      return look(rules, world, action.sky);
    case 'act late':
      return actLate(rules, world);
    case 'merge':
      return world.pull === undefined || world.pull.blocked ? fine(world) : fine(withoutPull(merged(world, world.pull.after)));
    case 'close':
      return world.pull === undefined
        ? fine(world)
        : fine(withoutPull({ ...world, closed: [...new Set([...world.closed, contentOf(world.pull)])].slice(-1) }));
    case 'commit':
      return world.pull === undefined || world.pull.foreign
        ? fine(world)
        : fine({ ...tooLate(world), pull: { ...world.pull, foreign: true } });
    case 'hold':
      return said.hold === undefined ? write({ hold: 'a person' }) : fine(world);
    case 'resume':
      return said.hold === undefined ? fine(world) : write({ hold: undefined });
    case 'edit':
      return fine(edited(rules, world));
    case 'ask':
      return said.queued === undefined && rules.targets.length === 1 && stateOf(rules, world).members[0]?.stable !== 'v3'
        ? write({ queued: 'v3' })
        : fine(world);
    case 'back':
      return fine(backDirectly(rules, world));
  }
}

/** A person writes a share that is none of the plan's. A pull request on the old text can't be merged any more: the next run makes it anew. */
function edited({ targets }: Rules, world: World): World {
  const service = targets[0]?.service ?? '';
  const words = wordsOf(world, service);
  if (words.canary === undefined || objectOr(words.canary).percent === 60) return world;
  const next = merged(world, { ...world.words, [service]: { ...words, canary: { ...objectOr(words.canary), percent: 60 } } });
  return next.pull === undefined ? next : { ...next, pull: { ...next.pull, blocked: true } };
}

function backDirectly(rules: Rules, world: World): World {
  const move = rollbackOf(stateOf(rules, world), 'a person wants it', 'once');
  if (move === undefined) return world;
  const next = merged(world, afterMove(rules, world, move));
  return next.pull === undefined ? next : { ...next, pull: { ...next.pull, blocked: true } };
}

/** What the base branch will say once a move is merged. */
export function afterMove(rules: Rules, world: World, move: RolloutMove): World['words'] {
  const state = stateOf(rules, world);
  const first = rules.targets[0]?.service;
  return Object.fromEntries(
    state.members.map((member) => {
      const words = wordsOf(world, member.service);
      // These two are not of the intent's words alone: where the subject is a train its own document is held, and `next` is a layer.
      if (move.kind === 'hold' && member.service === first) return [member.service, withState(words, { hold: move.reason })];
      if (move.kind === 'phase' && isObject(words.next))
        return [member.service, mergePatch({ ...words, next: null }, { ...words.next, next: null }, () => false)];
      return [member.service, wordsAfter(state, member, words, move, () => 'run')];
    }),
  );
}

/** A run, and the same again: the second must find nothing to do. */
function runTwice(rules: Rules, world: World, weather: Weather): Played {
  const once = act(rules, world, weather, rules.decide(situationOf(rules, world, weather)));
  const twice = act(rules, once.world, weather, rules.decide(situationOf(rules, once.world, weather)));
  const faults = twice.world === once.world ? once.faults : [...once.faults, 'run again, it changes what it did'];
  return { world: once.world, faults };
}

/** What was decided has to be right when it was decided: what happens until it is done, it can't know. */
function look(rules: Rules, world: World, sky: Sky): Played {
  if (world.late !== undefined) return { world, faults: [] };
  const weather = weathers[sky];
  const move = rules.decide(situationOf(rules, world, weather));
  return { world: { ...world, late: move }, faults: act(rules, world, weather, move).faults };
}

function actLate(rules: Rules, world: World): Played {
  const { late, ...rest } = world;
  return late === undefined ? { world, faults: [] } : { world: act(rules, rest, weathers.passing, late).world, faults: [] };
}

/** Makes the one pull request say the move: what `propose` does with a decision. */
function act(rules: Rules, world: World, weather: Weather, move: RolloutMove): Played {
  const { pull } = world;
  if (pull?.foreign === true) return { world, faults: faultsOfMove(rules, world, weather, move, afterMove(rules, world, move)) };
  if (pull?.move.kind === 'rollback' && !pull.blocked && move.kind !== 'rollback')
    return { world, faults: ['a proposed rollback is taken back'] };
  if (move.kind === 'done') return { world: pull === undefined ? world : withoutPull(world), faults: [] };
  if (move.kind === 'wait')
    return { world: pull === undefined || pull.blocked ? world : { ...world, pull: { ...pull, blocked: true } }, faults: [] };
  const after = afterMove(rules, world, move);
  const wanted: Pull = { move, after, foreign: false, blocked: false };
  // What a person has closed is not opened again: looked up when it is about to be, not when it was decided.
  if (world.closed.includes(contentOf(wanted))) return { world, faults: [] };
  const faults = faultsOfMove(rules, world, weather, move, after);
  if (pull !== undefined && contentOf(pull) === contentOf(wanted) && !pull.blocked) return { world, faults };
  return { world: { ...tooLate(world), pull: wanted }, faults };
}

function withoutPull(world: World): World {
  const { pull: _, ...rest } = world;
  return rest;
}

function contentOf({ after }: Pull): string {
  return JSON.stringify(after);
}

/** At every moment there is a way back, and it ends where everyone is who was not moved. */
function rollbackFaults(rules: Rules, world: World): readonly string[] {
  const state = stateOf(rules, world);
  const moves = isActive(state);
  if (!moves && state.members.every(({ previous }) => previous === undefined)) return [];
  const move = rollbackOf(state, 'asked', 'once');
  if (move === undefined) return ['there is no way back'];
  const words = afterMove(rules, world, move);
  if (moves && state.members.some(({ service }) => words[service]?.canary !== undefined)) return ['the way back leaves a canary'];
  return faultsOfWorld(rules, { ...world, words }).map((fault) => `the way back: ${fault}`);
}

/** Worlds that are known to end well, by how gates answer. */
export type KnownEnds = Readonly<Record<'pass' | 'fail', Set<string>>>;

/**
 * What becomes of it when people merge what is proposed, and nothing else is in the way: with gates that pass it is done, with gates that
 * fail it is back, or held where the plan says so. Undefined where it ends as it should.
 */
export function endFault(rules: Rules, start: World, gate: 'pass' | 'fail', known: KnownEnds): string | undefined {
  let world = freed(rules, start);
  const way: string[] = [];
  for (;;) {
    const key = JSON.stringify(world);
    if (known[gate].has(key)) break;
    if (way.at(-1) === key) {
      const state = stateOf(rules, world);
      const isHeld = gate === 'fail' && rules.plan.onFailure === 'hold' && state.plan.hold !== undefined;
      if (isActive(state) && !isHeld)
        return `with gates that ${gate} it never ends: ${JSON.stringify(rules.decide(situationOf(rules, world, weathers.passing)))}`;
      break;
    }
    way.push(key);
    if (way.length > 60) return `with gates that ${gate} it never rests`;
    const run = { kind: 'run', sky: gate === 'pass' ? 'passing' : 'frozen and failing' } as const;
    for (const action of [{ kind: 'sync' }, { kind: 'hour' }, run, { kind: 'merge' }] as const) {
      const played = play(rules, world, action);
      if (played.faults.length > 0) return `on the way to its end: ${played.faults.join('; ')}`;
      world = played.world;
    }
  }
  for (const key of way) known[gate].add(key);
  return undefined;
}

/** People have let go: nothing is held, frozen, closed or asked for that needs a word of theirs. */
function freed(rules: Rules, { late: _, pull, ...start }: World): World {
  const service = rules.targets[0]?.service ?? '';
  const decided = rules.plan.newVersion === 'hold' ? { queued: undefined } : {};
  const words = { ...start.words, [service]: withState(start.words[service] ?? {}, { hold: undefined, ...decided }) };
  const own = pull === undefined || pull.foreign ? {} : { pull };
  return { ...start, ...own, words, closed: [] };
}
