import type { Mesh } from '../mesh/mesh.ts';
import type { Manifest } from '../model/manifest.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';
import { influenceGroups } from './influence.ts';
import { type ChangedObject, changedObjects, partlyApplied } from './partial-objects.ts';
import { requestContexts } from './request-contexts.ts';
import { isAnswerOf } from './same-answer.ts';
import { witnessRequests } from './witness-requests.ts';

/** A mesh, and what becomes of requests in it. */
export interface MeshState {
  readonly mesh: Mesh;
  readonly decide: (request: MeshRequest) => RouteDecision;
}

/** A request that a mesh in which only part of a change has arrived answers as neither the old nor the new one does. */
export interface UnsafeState {
  readonly request: MeshRequest;
  /** Objects of the group, by id: those that are as they shall be, and those that are still as they were. */
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
  /** How many objects the groups have of which not every subset was looked at. */
  readonly sampled: readonly number[];
  /** Whether some class of requests was left out. */
  readonly undecided: boolean;
}

/** Up to here every subset of a group is looked at. */
export const mostObjects = 12;

/**
 * Every mesh that can be seen while the objects of a change arrive one by one, in whatever order, held against the meshes before and
 * after. Groups that do not influence one another are taken through their subsets together: the states to build are as many as those
 * of the largest group. The way back goes through the same states, so what holds for a change holds for its rollback.
 */
export function partialStates(
  before: readonly Manifest[],
  after: readonly Manifest[],
  stateOf: (manifests: readonly Manifest[]) => MeshState,
): PartialStates {
  const changes = changedObjects(before, after);
  const nothing = { changes, sampled: [], undecided: false };
  if (changes.length < 2) return nothing;
  const old = stateOf(before);
  const whole = stateOf(partlyApplied(before, changes, () => true));
  const meshes = [old.mesh, whole.mesh];
  const influence = influenceGroups(changes, meshes);
  const subsets = influence.groups.map((group) => (group.length < 2 ? [] : partialSubsets(group.length)));
  const rounds = Math.max(0, ...subsets.map(({ length }) => length));
  if (rounds === 0) return nothing;
  const minor = old.mesh.environment.istio.minor;
  const contexts = requestContexts(changes, influence, meshes);
  const classes = contexts.map((list, group) =>
    (subsets[group] ?? []).length === 0 ? [] : list.map((one) => witnessRequests(one, minor)),
  );
  const asked = classes.map((list) =>
    list.flatMap(({ requests }) => requests).map((request) => ({ request, before: old.decide(request), after: whole.decide(request) })),
  );
  const limits = {
    sampled: influence.groups.map(({ length }) => length).filter((length) => length > mostObjects),
    undecided: classes.some((list) => list.some(({ undecided }) => undecided)),
  };
  for (let round = 0; round < rounds; round += 1) {
    const applied = new Set(influence.groups.flatMap((group, i) => (subsets[i]?.[round] ?? []).flatMap((at) => group[at] ?? [])));
    const state = stateOf(partlyApplied(before, changes, (_, at) => applied.has(at)));
    for (const [i, group] of influence.groups.entries()) {
      if (subsets[i]?.[round] === undefined) continue;
      for (const one of asked[i] ?? []) {
        const sees = state.decide(one.request);
        if (isAnswerOf(sees, one.before, one.after)) continue;
        const titles = (isIn: boolean) => group.flatMap((at) => (applied.has(at) === isIn ? (changes[at]?.id ?? []) : []));
        return { changes, ...limits, unsafe: { ...one, sees, applied: titles(true), waiting: titles(false) } };
      }
    }
  }
  return { changes, ...limits };
}

/**
 * The subsets of a group that are neither none nor all, small ones first. Of a large group those with one or two objects applied, and
 * those with one or two left: an object that is missed, or missing, shows in these.
 */
function partialSubsets(size: number): readonly (readonly number[])[] {
  const all = Array.from({ length: size }, (_, i) => i);
  if (size > mostObjects) {
    const few = [...all.map((i) => [i]), ...all.flatMap((i) => all.slice(i + 1).map((j) => [i, j]))];
    return [...few, ...few.map((some) => all.filter((i) => !some.includes(i)))];
  }
  const masks = Array.from({ length: 2 ** size - 2 }, (_, i) => i + 1);
  const subsets = masks.map((mask) => all.filter((i) => (mask >> i) % 2 === 1));
  return subsets.sort((a, b) => a.length - b.length);
}
