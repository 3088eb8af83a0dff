import type { Mesh } from '../mesh/mesh.ts';
import type { Manifest } from '../model/manifest.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';
import { influenceGroups, subjectIndex } from './influence.ts';
import { type ChangedObject, changedObjects, partlyApplied } from './partial-objects.ts';
import { type RequestContext, requestContexts } from './request-contexts.ts';
import { requestInfluence } from './request-influence.ts';
import { isAnswerOf } from './same-answer.ts';
import { type Cell, coveringLegs, mostObjects } from './state-cover.ts';
import { throughHops } from './through-hops.ts';
import { witnessRequests } from './witness-requests.ts';

/** A mesh, and what becomes of requests in it. */
export interface MeshState {
  readonly mesh: Mesh;
  readonly decide: (request: MeshRequest) => RouteDecision;
}

/** A request that a mesh in which only part of a change has arrived answers as neither the old nor the new one does. */
export interface UnsafeState {
  readonly request: MeshRequest;
  /** Objects that have a say in it, by id: those that are as they shall be, and those that are still as they were. */
  readonly applied: readonly string[];
  readonly waiting: readonly string[];
  readonly sees: RouteDecision;
  readonly before: RouteDecision;
  readonly after: RouteDecision;
}

export interface PartialStates {
  readonly changes: readonly ChangedObject[];
  /** The first that was found, with the fewest objects applied; absent = every partial state is safe. */
  readonly unsafe?: UnsafeState;
  /** How many objects have a say in requests for which not every subset of them was looked at. */
  readonly sampled: readonly number[];
  /** Whether some class of requests was left out. */
  readonly undecided: boolean;
}

/**
 * Every mesh that can be seen while the objects of a change arrive one by one, in whatever order, held against the meshes before and
 * after. For each request only those objects count that have a say in it, and states show the subsets of many such sets at once. The way
 * back goes through the same states, so what holds for a change holds for its rollback: not so where `legOf` says that objects arrive in
 * legs, all of one before any of the next, because the way back has the same order of legs.
 */
export function partialStates(
  before: readonly Manifest[],
  after: readonly Manifest[],
  stateOf: (manifests: readonly Manifest[]) => MeshState,
  legOf: (change: ChangedObject) => number = () => 0,
): PartialStates {
  const changes = changedObjects(before, after);
  const nothing = { changes, sampled: [], undecided: false };
  if (changes.length < 2) return nothing;
  const old = beyondGateways(stateOf(before));
  const whole = beyondGateways(stateOf(partlyApplied(before, changes, () => true)));
  const cells = cellsOf(changes, [old.mesh, whole.mesh]);
  if (cells.length === 0) return nothing;
  const legs = changes.map(legOf);
  const minor = old.mesh.environment.istio.minor;
  const asked = cells.map(({ cell, contexts }) => {
    const classes = contexts.map((context) => witnessRequests(context, minor));
    const requests = classes.flatMap((one) => one.requests);
    return {
      cell,
      undecided: classes.some((one) => one.undecided),
      requests: requests.map((request) => ({ request, before: old.decide(request), after: whole.decide(request) })),
      seen: new Set<number | string>(),
    };
  });
  const limits = {
    sampled: [...new Set(cells.flatMap(({ cell }) => legLengths(cell, legs)).filter((length) => length > mostObjects))],
    undecided: asked.some((one) => one.undecided),
  };
  const kindOf = (change: number): string => {
    const { before: was, after: is } = changes[change] ?? {};
    return `${(is ?? was)?.kind ?? ''} ${was === undefined ? 'created' : is === undefined ? 'deleted' : 'updated'}`;
  };
  const lists = cells.map(({ cell }) => cell);
  for (const applied of coveringLegs(lists, legs, kindOf)) {
    const fresh = asked.filter(({ cell, seen }) => isNewPart(cell, applied, seen));
    if (fresh.length === 0) continue;
    const state = beyondGateways(stateOf(partlyApplied(before, changes, (_, at) => applied.has(at))));
    for (const { cell, requests } of fresh) {
      for (const one of requests) {
        const sees = state.decide(one.request);
        if (isAnswerOf(sees, one.before, one.after)) continue;
        const titles = (isIn: boolean) => cell.flatMap((at) => (applied.has(at) === isIn ? (changes[at]?.id ?? []) : []));
        return { changes, ...limits, unsafe: { ...one, sees, applied: titles(true), waiting: titles(false) } };
      }
    }
  }
  return { changes, ...limits };
}

/** How many of the cell's changes arrive together, leg by leg. */
function legLengths(cell: Cell, legs: readonly number[]): readonly number[] {
  const counts = new Map<number | undefined, number>();
  for (const change of cell) counts.set(legs[change], (counts.get(legs[change]) ?? 0) + 1);
  return [...counts.values()];
}

function beyondGateways({ mesh, decide }: MeshState): MeshState {
  return { mesh, decide: throughHops(mesh, decide) };
}

interface AskedCell {
  readonly cell: Cell;
  readonly contexts: readonly RequestContext[];
}

/** Requests by the changes that have a say in them; where that is none or one alone, no state is in between. */
function cellsOf(changes: readonly ChangedObject[], meshes: readonly Mesh[]): readonly AskedCell[] {
  const index = subjectIndex(changes, meshes);
  const influenceOn = requestInfluence(changes, meshes, index);
  const cells = new Map<string, { readonly cell: Cell; readonly contexts: RequestContext[] }>();
  for (const context of requestContexts(changes, influenceGroups(changes, meshes, index), meshes).flat()) {
    const cell = influenceOn(context);
    if (cell.length < 2) continue;
    const known = cells.get(cell.join()) ?? { cell, contexts: [] };
    known.contexts.push(context);
    cells.set(cell.join(), known);
  }
  return [...cells.values()];
}

/** Whether a state shows a part of a cell, neither none nor all, that none before it has shown. */
function isNewPart(cell: Cell, applied: ReadonlySet<number>, seen: Set<number | string>): boolean {
  const part = cell.filter((at) => applied.has(at));
  if (part.length === 0 || part.length === cell.length) return false;
  const key = cell.length > mostObjects ? part.join() : cell.reduce((bits, at, i) => (applied.has(at) ? bits + 2 ** i : bits), 0);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
