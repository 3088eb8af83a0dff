/**
 * The page of rollouts: which there are in an environment, and where each of them is.
 *
 *   intents ──▶ subjects ─┐
 *                         ├──▶ states ──┐
 *   history ──dated words─┘             ├──▶ situations ──decide──▶ moves
 *   what was measured, freezes, others ─┘
 *
 * A pure function. Who asks git, forges and metrics servers, and what time it is, are nothing that is known here.
 */
import type { LoadedEnvironment } from '../../model/environment.ts';
import { gatesOf } from '../../model/gates.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import { type Intent, intentTitle } from '../../model/intent.ts';
import { objectOr, sameJson } from '../../model/json.ts';
import { rememberedFor } from '../../model/remembered-for.ts';
import type { PromotionStage, RolloutMember, RolloutMove, RolloutPlan, RolloutState, Seconds, Train } from '../../model/rollout.ts';
import { rolloutPlanOf, rolloutWords } from '../../model/rollout-plan.ts';
import type { RepoPath } from '../../model/source.ts';
import { trainOf } from '../../model/trains.ts';
import { decide, rollbackOf } from '../../rollout/decide.ts';
import { intentNamed, isVersioned, subjectName } from '../../rollout/named-intent.ts';
import { unreadyMembers } from '../../rollout/readiness.ts';
import {
  type MemberEvidence,
  noSurroundings,
  type RolloutSituation,
  type RolloutSurroundings,
  type UpstreamFact,
} from '../../rollout/situation.ts';
import type { DatedWords } from '../../rollout/standing.ts';
import { rolloutState, stableSince } from '../../rollout/state.ts';
import { hasArrived, isActive, isBegun, isComing, isMoving, turnOf } from '../../rollout/steps.ts';
import { usesOfPrevious } from '../../rollout/version-uses.ts';
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

/** What the environment upstream says of the versions that a rollout moves to, or is asked to move to; of one that can't be read (undefined) none is known to be stable. */
export function upstreamFacts(
  { environment, soak }: PromotionStage,
  read: { readonly loaded: LoadedEnvironment; readonly histories: Histories } | undefined,
  { members, queued }: RolloutState,
  asked?: string,
): readonly UpstreamFact[] {
  return members.flatMap((member): readonly UpstreamFact[] => {
    const version = asked ?? member.canary?.version ?? member.target ?? queued;
    if (version === undefined) return [];
    const unknown = { environment, service: member.service, version, soak };
    if (read === undefined) return [unknown];
    const intent = read.loaded.intents.find((one) => isVersioned(one) && subjectName(one) === member.service);
    if (intent === undefined) return [];
    const date = intent.value.stable === version ? stableSince(intent.value, read.histories.get(intentTitle(intent)) ?? []) : undefined;
    return [{ ...unknown, ...(date === undefined ? {} : { stableSince: date }) }];
  });
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

/** What is known besides the intents; by subject where it is one rollout's. */
export interface RolloutFacts {
  readonly now: Seconds;
  readonly evidence?: readonly MemberEvidence[];
  readonly liveSince?: Seconds;
  readonly around?: Partial<RolloutSurroundings>;
}

/**
 * All that the decision about a rollout rests on. Without a live check of its own, a step is live when it is merged; so is one at which no version is on its way
 * (a phase before, the finish), where a share is the check: there is none to observe.
 */
export function situationOf(
  loaded: LoadedEnvironment,
  { state }: RolloutEntry,
  all: readonly RolloutEntry[],
  facts: RolloutFacts,
): RolloutSituation {
  const { mergedAt, plan } = state;
  const liveSince =
    facts.liveSince ?? (plan.live.kind === 'merge' || (plan.live.kind === 'gate' && !isActive(state)) ? mergedAt : undefined);
  // One whose first share is still to come as a phase has its place, and its services, already.
  const claimed = all.filter((other) => other.state.subject !== state.subject && isBegun(other.state));
  return {
    state: { ...state, ...(liveSince === undefined ? {} : { liveSince }) },
    now: facts.now,
    gates: new Map(gatesOf(loaded.environment).map((gate) => [gate.name, gate])),
    evidence: facts.evidence ?? [],
    guardrails: guardrailsOf(loaded.environment),
    surroundings: {
      ...noSurroundings,
      otherActive: claimed.length,
      unready: unreadyMembers(loaded.intents, loaded.registry, state),
      inUse: usesOfPrevious(loaded.intents, state),
      claimedBy: new Map(claimed.flatMap((other) => claimedBy(other).map(({ service }) => [service, claimTitle(other)] as const))),
      ...facts.around,
    },
  };
}

/** All who ride a train, also those whose turn has not come; of a service it is itself. */
function claimedBy({ state: { isTrain, members } }: RolloutEntry): readonly RolloutMember[] {
  return isTrain ? members : members.filter((member) => isMoving(member) || isComing(member));
}

function claimTitle({ state }: RolloutEntry): string {
  return state.isTrain ? `train ${state.subject}` : 'a rollout of its own';
}

export function moveOf(situation: RolloutSituation): RolloutMove {
  return decide(situation);
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
export { type LiveAnswer, liveByStatus } from '../../rollout/live-status.ts';
export { readinessFault } from '../../rollout/readiness.ts';
export type { RolloutSituation } from '../../rollout/situation.ts';
export { isActive, isBegun } from '../../rollout/steps.ts';
export type { StickyId } from '../../rollout/words-after.ts';
