import { type JsonObject, objectOr } from '../../../src/model/json.ts';
import type { GateOutcome, GateSubject, RolloutMove, RolloutPlan, RolloutState } from '../../../src/model/rollout.ts';
import { noSurroundings, type RolloutSituation } from '../../../src/rollout/situation.ts';
import { rolloutState } from '../../../src/rollout/state.ts';

/** Whoever decides: the real one, or one that was broken on purpose. */
export type Decider = (situation: RolloutSituation) => RolloutMove;

/** What a model of rollouts is played with. */
export interface Rules {
  readonly plan: RolloutPlan;
  /** Services in order; several are a train. */
  readonly targets: readonly { readonly service: string; readonly target: string }[];
  readonly decide: Decider;
}

/** One hour a tick. */
export const tick = 3600;
/** Ages beyond this are the same to every plan that is played. */
const oldest = 3;

/** A repository, a forge and a mesh, as far as one rollout sees them. Times are ages, so that worlds that differ in the date alone are one. */
export interface World {
  /** What the base branch says, by service. */
  readonly words: Readonly<Record<string, JsonObject>>;
  /** Hours since the step, and since the last finish, was merged. */
  readonly age: number;
  readonly finishAge: number;
  /** Hours since the step has been live; absent = it is not. */
  readonly liveAge?: number;
  readonly pull?: Pull;
  /** Contents that a person closed. */
  readonly closed: readonly string[];
  /** What a run has decided that has not acted yet. */
  readonly late?: RolloutMove;
}

/** What a run meets besides: it does not last, so it is no part of a world. */
export interface Weather {
  readonly gate: GateOutcome;
  readonly frozen: boolean;
  /** Another rollout takes the only place. */
  readonly full: boolean;
}

export const weathers = {
  passing: { gate: 'pass', frozen: false, full: false },
  failing: { gate: 'fail', frozen: false, full: false },
  unsure: { gate: 'inconclusive', frozen: false, full: false },
  unreachable: { gate: 'error', frozen: false, full: false },
  frozen: { gate: 'pass', frozen: true, full: false },
  'frozen and failing': { gate: 'fail', frozen: true, full: false },
  full: { gate: 'pass', frozen: false, full: true },
} as const satisfies Readonly<Record<string, Weather>>;
export type Sky = keyof typeof weathers;

/** The one pull request of the key. */
export interface Pull {
  readonly move: RolloutMove;
  readonly after: World['words'];
  /** A person's commit is on the branch. */
  readonly foreign: boolean;
  /** A draft: the reasons for it do not hold any more. */
  readonly blocked: boolean;
}

const now = 1_000_000 * tick;

const states = new WeakMap<World, RolloutState>();

export function stateOf(rules: Rules, world: World): RolloutState {
  const known = states.get(world);
  if (known !== undefined && rules.targets.length === known.members.length && known.plan.steps === rules.plan.steps) return known;
  const state = readState(rules, world);
  states.set(world, state);
  return state;
}

function readState({ plan, targets }: Rules, world: World): RolloutState {
  const isTrain = targets.length > 1;
  const said = objectOr(wordsOf(world, targets[0]?.service ?? '').rollout);
  const held = typeof said.hold === 'string' ? { hold: { reason: said.hold } } : {};
  const state = rolloutState({
    environment: 'prod',
    subject: 'it',
    isTrain,
    plan: { ...plan, ...held },
    rollout: said,
    members: targets.map(({ service, target }) => ({
      service,
      words: wordsOf(world, service),
      history: [],
      ...(isTrain ? { target } : {}),
    })),
  });
  return {
    ...state,
    mergedAt: now - world.age * tick,
    ...(state.members.some(({ previous }) => previous !== undefined) ? { finishedAt: now - world.finishAge * tick } : {}),
    ...(world.liveAge === undefined ? {} : { liveSince: now - world.liveAge * tick }),
  };
}

export function wordsOf(world: World, service: string): JsonObject {
  return world.words[service] ?? {};
}

export function situationOf(rules: Rules, world: World, { gate, frozen, full }: Weather): RolloutSituation {
  const state = stateOf(rules, world);
  const definition = {
    name: 'ok',
    provider: 'default',
    measure: { kind: 'success-rate' },
    min: 99,
    compare: 'absolute',
    tolerance: 0,
    over: tick,
    minSamples: 1,
    warmUp: 0,
  } as const;
  const evidence = state.members.map(({ service }) => ({
    service,
    evidence: {
      gate: 'ok',
      outcome: gate,
      reason: 'incomplete' as const,
      detail: 'as played',
      queries: [],
      at: now,
      definition,
      subject: subjectOf(service),
    },
  }));
  return {
    state,
    now,
    gates: new Map([['ok', definition]]),
    evidence,
    // A line that can't be read freezes always, and costs no calendar.
    guardrails: {
      maxShift: 50,
      maxActiveRollouts: 1,
      forbid: [],
      require: [],
      freeze: frozen ? [{ cron: 'x', for: 1, timezone: 'UTC' }] : [],
    },
    surroundings: {
      ...noSurroundings,
      otherActive: full ? 1 : 0,
      ...(world.pull?.foreign === true ? { foreignPullRequest: '#1' } : {}),
      ...(world.pull?.foreign === false && world.pull.move.kind === 'rollback' ? { proposedRollback: world.pull.move.reason } : {}),
    },
  };
}

/** What evidence is about, where nobody looks at it. */
export function subjectOf(service: string): GateSubject {
  return {
    environment: 'prod',
    service,
    host: service,
    namespace: 'bookinfo',
    stable: { version: 'v1' },
    canary: { version: 'v2' },
    percent: 50,
    hasFixedTraffic: false,
  };
}

/** An hour later; the same world where nothing in it is young enough for that to matter. */
export function later(world: World): World {
  if (Math.min(world.age, world.finishAge, world.liveAge ?? oldest) === oldest) return world;
  const older = (age: number) => Math.min(age + 1, oldest);
  const live = world.liveAge === undefined ? {} : { liveAge: older(world.liveAge) };
  return { ...world, age: older(world.age), finishAge: older(world.finishAge), ...live };
}

/** What the base branch says is replaced: another step is not live yet, and has no age. */
export function merged(world: World, words: World['words']): World {
  const { liveAge, ...rest } = tooLate(world);
  const finishes = JSON.stringify(previousIn(words)) !== JSON.stringify(previousIn(world.words));
  const isSame = JSON.stringify(placeIn(words)) === JSON.stringify(placeIn(world.words));
  return {
    ...rest,
    words,
    ...(isSame ? (liveAge === undefined ? {} : { liveAge }) : { age: 0 }),
    ...(finishes ? { finishAge: 0 } : {}),
  };
}

function placeIn(words: World['words']): unknown {
  return Object.values(words).map(({ stable, canary, next }) => [stable, canary, next]);
}

function previousIn(words: World['words']): unknown {
  return Object.values(words).map(({ previous }) => previous);
}

/** The branch, or the base, is another: a push that is held against what was seen is refused, and its run starts over. */
export function tooLate({ late: _, ...world }: World): World {
  return world;
}
