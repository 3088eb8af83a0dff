import { type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { CanaryState, RolloutMember, RolloutPlan, RolloutState, Seconds } from '../model/rollout.ts';
import { type DatedWords, standing } from './standing.ts';

/** A member of a rollout as the base branch says it. */
export interface MemberWords {
  readonly service: string;
  readonly words: JsonObject;
  /** Commits that touched it, newest first; the oldest is the last that has to be known. */
  readonly history: readonly DatedWords[];
  /** The version that a train moves it to. */
  readonly target?: string;
}

export interface RolloutSubject {
  readonly environment: string;
  readonly subject: string;
  readonly isTrain: boolean;
  readonly plan: RolloutPlan;
  /** Providers first. */
  readonly members: readonly MemberWords[];
  /** Words of the subject's own `rollout:`. */
  readonly rollout: JsonObject;
}

/** Where a rollout is, by what the base branch says and since when. Not whether that is live. */
export function rolloutState({ environment, subject, isTrain, plan, members, rollout }: RolloutSubject): RolloutState {
  const { queued, returning } = rollout;
  const brought = members.map(({ words, history }) => broughtBy(words, history));
  const merged = latest(brought);
  const finished = latest(members.map(({ words, history }) => (words.previous === undefined ? never : since(words, history, finishOf))));
  return {
    environment,
    subject,
    isTrain,
    plan,
    members: members.map(memberOf),
    isReturning: returning === true || members.some(({ words }) => objectOr(words.rollout).returning === true),
    ...(typeof queued === 'string' && !isTrain && members.every(({ words }) => !isThere(words, queued)) ? { queued } : {}),
    hasNext: members.some(({ words }) => words.next !== undefined),
    ...(merged === undefined ? {} : { mergedAt: merged.date, ...(merged.commit === '' ? {} : { mergedIn: merged.commit }) }),
    ...(brought.some((one) => one?.isUnrendered === true) ? { isUnrendered: true } : {}),
    ...(finished === undefined || finished.date === 0 ? {} : { finishedAt: finished.date }),
  };
}

/** A version that was asked for, and has meanwhile come by itself. */
function isThere({ stable, canary }: JsonObject, version: string): boolean {
  return stable === version || objectOr(canary).version === version;
}

export function memberOf({ service, words, target }: Omit<MemberWords, 'history'>): RolloutMember {
  const canary = canaryOf(words);
  return {
    service,
    stable: typeof words.stable === 'string' ? words.stable : '',
    ...(canary === undefined ? comingOf(words) : { canary }),
    ...(typeof words.previous === 'string' ? { previous: words.previous } : {}),
    ...(target === undefined ? {} : { target }),
  };
}

function comingOf({ next }: JsonObject): Pick<RolloutMember, 'coming'> {
  const { version } = objectOr(objectOr(next).canary);
  return typeof version === 'string' ? { coming: version } : {};
}

function canaryOf(words: JsonObject): CanaryState | undefined {
  const { version, percent, mirror, sticky } = objectOr(words.canary);
  if (typeof version !== 'string') return undefined;
  const { id, seen } = objectOr(sticky);
  const shares = listOr(seen).filter((share) => typeof share === 'number');
  return {
    version,
    percent: typeof percent === 'number' ? percent : 0,
    mirror: typeof mirror === 'number' ? mirror : 0,
    ...(sticky === undefined ? {} : { sticky: { id: typeof id === 'string' ? id : '', seen: shares } }),
  };
}

/**
 * What a step is: who gets how much, which pods that is, and what is still to come. Anything else of the intent may change without starting its soak
 * anew.
 */
function placeOf(words: JsonObject): Json {
  const { version, percent, mirror } = objectOr(words.canary);
  return [words.stable ?? null, version ?? null, percent ?? 0, mirror ?? 0, words.next ?? null, definitionOf(words, version)];
}

/** Pods that are chosen by other labels were never observed, whatever the version is called. */
function definitionOf({ versions }: JsonObject, version: Json | undefined): Json {
  return typeof version === 'string' ? { labels: { version }, ...objectOr(objectOr(versions)[version]) } : null;
}

function finishOf({ stable, previous }: JsonObject): Json {
  return [stable ?? null, previous ?? null];
}

type Dated = Pick<DatedWords, 'commit' | 'date' | 'rendered'>;

const never: Dated = { commit: '', date: 0 };

function since(words: JsonObject, history: readonly DatedWords[], part: (words: JsonObject) => Json): Dated | undefined {
  return standing(words, history, part).first;
}

/** What brought a step to the base branch, with what it renders to: where it moves requests, some rendered file has to change. */
function broughtBy(words: JsonObject, history: readonly DatedWords[]): (Dated & { readonly isUnrendered?: boolean }) | undefined {
  const { first, before } = standing(words, history, placeOf);
  if (first?.rendered === undefined) return first;
  if (before?.words === undefined || sameJson(shareOf(before.words), shareOf(words))) return first;
  return first.rendered === 'never' ? { ...first, isUnrendered: true } : { ...first, date: Math.max(first.date, first.rendered) };
}

function shareOf({ canary }: JsonObject): Json {
  const { version, percent, mirror } = objectOr(canary);
  return (percent ?? 0) === 0 && (mirror ?? 0) === 0 ? null : [version ?? null, percent ?? 0, mirror ?? 0];
}

/** The latest of several; undefined where one is not known. */
function latest(dated: readonly (Dated | undefined)[]): Dated | undefined {
  const known = dated.filter((one) => one !== undefined);
  const [first, ...others] = known;
  return known.length < dated.length || first === undefined ? undefined : others.reduce((a, b) => (b.date > a.date ? b : a), first);
}

/** Since when what is stable has been so; undefined where no commit is known. */
export function stableSince(words: JsonObject, history: readonly DatedWords[]): Seconds | undefined {
  return since(words, history, stableOf)?.date;
}

function stableOf({ stable }: JsonObject): Json {
  return stable ?? null;
}

/** How far back a history has to be read: whether it shows when the words came to be as they are. */
export function showsOrigin(words: JsonObject, history: readonly DatedWords[], isOfStable = false): boolean {
  const parts = [placeOf, ...(words.previous === undefined ? [] : [finishOf]), ...(isOfStable ? [stableOf] : [])];
  return parts.every((part) => standing(words, history, part).before !== undefined);
}

/** Whether words name versions that there are: others can't be compiled, so that nothing was ever rendered of them. */
export function namesKnownVersions({ stable, canary, versions }: JsonObject): boolean {
  const named = [stable, objectOr(canary).version].filter((version) => typeof version === 'string');
  return named.every((version) => Object.hasOwn(objectOr(versions), version));
}
