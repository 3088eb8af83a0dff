/**
 * The page of rollouts: which there are in an environment, and where each of them is.
 *
 *   intents ──▶ subjects ─┐
 *                         ├──▶ states ··▶ what is decided (rollout-situation.ts)
 *   history ──dated words─┘
 *
 * A pure function.
 */
import type { LoadedEnvironment } from '../../model/environment.ts';
import { type Intent, intentTitle } from '../../model/intent.ts';
import { objectOr, sameJson } from '../../model/json.ts';
import { rememberedFor } from '../../model/remembered-for.ts';
import type { RolloutPlan, RolloutState, Train } from '../../model/rollout.ts';
import { rolloutPlanOf, rolloutWords } from '../../model/rollout-plan.ts';
import type { RepoPath } from '../../model/source.ts';
import { trainOf } from '../../model/trains.ts';
import { rollbackOf } from '../../rollout/decide.ts';
import { intentNamed, isVersioned, subjectName } from '../../rollout/named-intent.ts';
import type { DatedWords } from '../../rollout/standing.ts';
import { rolloutState } from '../../rollout/state.ts';
import { hasArrived, isBegun, turnOf } from '../../rollout/steps.ts';
import { wordsAfter } from '../../rollout/words-after.ts';
import type { RolloutEntry } from './rollout-moves.ts';

/** What an intent has said, newest first; by its title. */
export type Histories = ReadonlyMap<string, readonly DatedWords[]>;

/** Every rollout of an environment that is on its way, is asked for, has something left to do, or was named: trains first. */
export function rolloutsOf(
  loaded: LoadedEnvironment,
  histories: Histories = new Map(),
  named: readonly string[] = [],
): readonly RolloutEntry[] {
  const trains = loaded.intents.filter(({ kind }) => kind === 'train').flatMap((intent) => trainEntry(loaded, intent, histories) ?? []);
  const riding = new Set(trains.filter(isRidden).flatMap(({ intents }) => intents.map(intentTitle)));
  const services = loaded.intents.flatMap((intent) => {
    const isAsked = named.includes(subjectName(intent));
    if (!isVersioned(intent) || (!isAsked && (riding.has(intentTitle(intent)) || !hasSomethingToDo(intent)))) return [];
    return serviceEntry(loaded, intent, histories) ?? [];
  });
  return [...trains.filter((train) => isRidden(train) || named.includes(train.state.subject)), ...services];
}

/** The rollout of a service or a train, by its name; undefined where there is no such intent, or it has no plan. */
export function rolloutOf(loaded: LoadedEnvironment, name: string, histories: Histories = new Map()): RolloutEntry | undefined {
  return rolloutsOf(loaded, histories, [name]).find(({ state }) => state.subject === name);
}

/** Of a service whose plan has been taken away. */
const noPlan: RolloutPlan = {
  steps: [{ percent: 100, soak: 0, gates: [], approve: true }],
  onFailure: 'rollback',
  newVersion: 'queue',
  readiness: { kind: 'assumed' },
  live: { kind: 'merge' },
};

/** What goes back, or is carried on, by its name: a rollout, or a service that has no plan, or none any more, which neither needs. */
export function wayBackEntry(loaded: LoadedEnvironment, name: string): RolloutEntry | undefined {
  const intent = intentNamed(loaded.intents, name);
  return rolloutOf(loaded, name) ?? (intent === undefined ? undefined : serviceEntry(loaded, intent, new Map(), noPlan));
}

function hasSomethingToDo({ value }: Intent): boolean {
  const { version } = objectOr(value.canary);
  return version !== undefined || value.previous !== undefined || value.next !== undefined || objectOr(value.rollout).queued !== undefined;
}

function serviceEntry(loaded: LoadedEnvironment, intent: Intent, histories: Histories, otherwise?: RolloutPlan): RolloutEntry | undefined {
  const plan = rolloutPlanOf(loaded, intent) ?? otherwise;
  if (plan === undefined) return undefined;
  const history = histories.get(intentTitle(intent)) ?? [];
  const state = rolloutState({
    environment: loaded.environment.name,
    subject: subjectName(intent),
    isTrain: false,
    plan,
    rollout: rolloutWords(loaded, intent),
    members: [{ service: subjectName(intent), words: intent.value, history }],
  });
  return { state, subject: intent, intents: [intent] };
}

function trainEntry(loaded: LoadedEnvironment, intent: Intent, histories: Histories): RolloutEntry | undefined {
  const train = trainOf(loaded, intent);
  if (train.plan === undefined) return undefined;
  const riders = ridersOf(loaded, train);
  const state = rolloutState({
    environment: loaded.environment.name,
    subject: train.name,
    isTrain: true,
    plan: train.plan,
    rollout: rolloutWords(loaded, intent),
    members: riders.map(({ service, rider }) => ({
      service,
      words: rider.value,
      history: histories.get(intentTitle(rider)) ?? [],
      target: train.services[service] ?? '',
    })),
  });
  return { state, subject: intent, intents: riders.map(({ rider }) => rider) };
}

/** The trains that are on their way, by the titles of the intents that ride them. */
export const trainsByRider = rememberedFor((loaded: LoadedEnvironment): ReadonlyMap<string, Intent> => {
  const entries = rolloutsOf(loaded).filter(({ state }) => state.isTrain);
  return new Map(entries.flatMap(({ subject, intents }) => intents.map((intent) => [intentTitle(intent), subject] as const)).reverse());
});

/**
 * The train whose way back takes a service with it, from where it stands now: going back alone, it would leave the others on versions that count on
 * it. Undefined for a version that no train brought, and for what a train has left.
 */
export function trainGoingBackWith(loaded: LoadedEnvironment, { state, subject }: RolloutEntry): RolloutState | undefined {
  if (state.isTrain) return undefined;
  return rolloutsOf(loaded).find((train) => {
    const move = rollbackOf(train.state, '', 'once');
    const place = train.intents.findIndex((intent) => intentTitle(intent) === intentTitle(subject));
    const member = train.state.members[place];
    if (!train.state.isTrain || move === undefined || member === undefined) return false;
    return !sameJson(
      wordsAfter(train.state, member, subject.value, move, () => ''),
      subject.value,
    );
  })?.state;
}

function ridersOf({ intents }: LoadedEnvironment, { order }: Train): readonly { readonly service: string; readonly rider: Intent }[] {
  return order.flatMap((service) => {
    const rider = intentNamed(intents, service);
    return rider === undefined ? [] : [{ service, rider }];
  });
}

/** On its way, or arrived with old versions that still have to leave: then its members are not anybody else's. */
function isRidden({ state }: RolloutEntry): boolean {
  const { members } = state;
  return isBegun(state) || (members.length > 0 && members.every(hasArrived) && members.some(({ previous }) => previous !== undefined));
}

/** Files that an intent's words come from: its layers, and the environment's own. */
export function filesOf({ environment }: LoadedEnvironment, { layers }: Intent): readonly RepoPath[] {
  return [...new Set([...environment.layers, ...layers].map(({ file }) => file))];
}

/** Which step the rollout stands at, counted from 0: of a train, of those that are furthest behind. */
export function stepAt(state: RolloutState): number {
  return turnOf(state).step;
}

export { decideStart, finishBlocks, rollbackOf } from '../../rollout/decide.ts';
export { isActive, isBegun } from '../../rollout/steps.ts';
export type { StickyId } from '../../rollout/words-after.ts';
