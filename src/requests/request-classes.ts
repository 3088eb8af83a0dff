import type { MeshRequest } from '../model/routing.ts';
import { type ConditionIndex, createConditionIndex } from './condition-index.ts';
import { findRequest } from './find-request.ts';
import { holds } from './holds.ts';
import { type Condition, conditionKey, type Literal } from './literal.ts';
import { plainRequest } from './request.ts';

/** Which entry of a list takes a request: the first whose condition holds, or none. */
export type Taken = number | 'none';

/**
 * Requests that are taken by one entry of each list. `taken` has one answer for each list, in the order of the lists.
 * - `witnessed`: there are such requests, and this is one: it was evaluated on every list and lands there;
 * - `undecided`: whether there are any cannot be told, and why: a pattern that is too large, or a condition that is opaque here.
 */
export type RequestClass = { readonly taken: readonly Taken[] } & (
  | { readonly kind: 'witnessed'; readonly request: MeshRequest }
  | { readonly kind: 'undecided'; readonly because: string }
);

/** An ordered list of conditions with what looking things up in it takes; made once, however often it is compared. */
export interface RequestList {
  readonly conditions: readonly Condition[];
  /** By `conditionKey`: the first entry that asks just this. Others behind it take nothing. */
  readonly places: ReadonlyMap<string, number>;
  readonly keys: readonly string[];
  readonly index: ConditionIndex<number>;
  /** The first entry that holds for every request; what stands behind it, and 'none', take nothing. */
  readonly last: number | undefined;
}

export interface ClassOptions {
  /** Classes that the caller has no use for, by what is taken in each list: they cost no search and are left out. */
  readonly skip?: (taken: readonly Taken[]) => boolean;
  /** What witnesses are like where nothing asks otherwise. */
  readonly plain?: MeshRequest;
  /** What holds for all requests that are asked about. */
  readonly within?: Condition;
}

export function requestList(conditions: readonly Condition[]): RequestList {
  const places = new Map<string, number>();
  const index = createConditionIndex<number>();
  const keys = conditions.map(conditionKey);
  for (const [i, condition] of conditions.entries()) {
    const key = keys[i] ?? '';
    if (places.has(key)) continue;
    places.set(key, i);
    index.add(condition, i);
  }
  const last = conditions.findIndex((condition) => condition.every(holdsAlways));
  return { conditions, places, keys, index, last: last === -1 ? undefined : last };
}

/** Every path begins with a slash. */
function holdsAlways(literal: Literal): boolean {
  if (literal.of !== 'text' || literal.dimension !== 'path' || literal.negated) return false;
  return literal.pattern?.kind === 'prefix' && literal.pattern.text === '/';
}

/** Which entry takes a request; 'undecided' where that hangs on an opaque condition. */
export function takenBy({ conditions }: RequestList, request: MeshRequest): Taken | 'undecided' {
  for (const [i, condition] of conditions.entries()) {
    const answer = holds(condition, request);
    if (answer === undefined) return 'undecided';
    if (answer) return i;
  }
  return 'none';
}

/**
 * The classes into which some ordered lists of conditions divide all requests: every combination of takers that can occur, one for each
 * list; two lists give the pairs (taken before, taken after). Guarantees:
 * - classes are disjoint, no combination comes twice, and they come in the order of the first list, then of the second …;
 * - complete: a request for which every condition can be decided lands in exactly one of them, if `skip` does not leave it out;
 * - every `witnessed` class has a request that was confirmed by evaluation; what could not be settled is there as `undecided`.
 *
 * Exact within the universes of `findRequest`. Equal conditions in several lists rule out most combinations without a search: who is
 * taken by one of them here, is taken there by its twin or by something before it. Lists that are equal but for a few entries so have
 * about as many candidates as entries, and those of them that `skip` refuses cost nothing more.
 */
export function requestClasses(
  lists: readonly RequestList[],
  { skip = () => false, plain = plainRequest, within = [] }: ClassOptions = {},
): readonly RequestClass[] {
  const classes: RequestClass[] = [];
  const choose = (taken: readonly Taken[], condition: Condition): void => {
    const list = lists[taken.length];
    if (list !== undefined) {
      for (const one of takersMeeting(list, condition)) {
        if (taken.every((other, k) => canTakeBoth(lists[k], other, list, one)))
          choose([...taken, one], one === 'none' ? condition : [...condition, ...(list.conditions[one] ?? [])]);
      }
    } else if (!skip(taken)) classes.push(...settled(lists, taken, condition, plain));
  };
  choose([], within);
  return classes;
}

/** Entries that could take some request that meets the condition, in their order, and 'none'. */
function takersMeeting({ index, last }: RequestList, condition: Condition): readonly Taken[] {
  const entries = index.candidates(condition).map(({ owner }) => owner);
  return last === undefined ? [...entries, 'none'] : entries.filter((one) => one <= last);
}

/** Whether the one may be first here while the other is first there: each comes no later than the twin of the other in its list. */
function canTakeBoth(a: RequestList | undefined, ofA: Taken, b: RequestList, ofB: Taken): boolean {
  return a === undefined || (placeOf(ofB) <= twinIn(b, a, ofA) && placeOf(ofA) <= twinIn(a, b, ofB));
}

/** Where the condition of an entry of `from` stands in `list`; 'none' has no twin. */
function twinIn(list: RequestList, from: RequestList, taken: Taken): number {
  const key = taken === 'none' ? undefined : from.keys[taken];
  return key === undefined ? Number.POSITIVE_INFINITY : (list.places.get(key) ?? Number.POSITIVE_INFINITY);
}

/** 'none' comes behind all. */
function placeOf(taken: Taken): number {
  return taken === 'none' ? Number.POSITIVE_INFINITY : taken;
}

function settled(
  lists: readonly RequestList[],
  taken: readonly Taken[],
  condition: Condition,
  plain: MeshRequest,
): readonly RequestClass[] {
  const outside = new Map<string, Condition>();
  for (const [k, list] of lists.entries()) {
    const own = placeOf(taken[k] ?? 'none');
    for (const { owner, condition: earlier } of list.index.candidates(condition))
      if (owner < own) outside.set(list.keys[owner] ?? '', earlier);
  }
  const search = findRequest(condition, { outside: [...outside.values()], plain });
  if (search.kind === 'none' || search.kind === 'taken') return [];
  if (search.kind === 'undecided') return [{ taken, ...search }];
  const { request } = search;
  const confirmed = lists.every((list, k) => takenBy(list, request) === taken[k]);
  return confirmed
    ? [{ taken, kind: 'witnessed', request }]
    : [{ taken, kind: 'undecided', because: 'a condition before it cannot be decided here' }];
}
