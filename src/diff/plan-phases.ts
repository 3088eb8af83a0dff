import { type Json, listOr, objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { pruneWave, waveOf } from '../model/sync-wave.ts';
import { narrows } from './narrowing.ts';
import { type ChangedObject, specOf } from './partial-objects.ts';
import { type MeshState, type PartialStates, partialStates } from './partial-states.ts';

export type PhaseName = 'expand' | 'shift' | 'contract';

/** A state that is rendered and merged by itself. */
export interface PhaseState<T> {
  readonly name: PhaseName;
  readonly manifests: readonly Manifest[];
  /** What the state was made of. */
  readonly from: T;
}

/** From one state to the next, in any order of objects, or wave by wave. */
export interface Step {
  readonly name: PhaseName;
  readonly states: PartialStates;
  /** Where it is not any order that is safe, but Argo CD's: the wave of each of the changes. */
  readonly waves?: readonly number[];
  /** Objects that take something away beside others that have not yet let go of it. */
  readonly tooEarly: readonly string[];
}

export interface PlannedPhase<T> extends PhaseState<T> {
  readonly step: Step;
}

export interface PhasePlan<T> {
  /** All of the change at once. */
  readonly direct: Step;
  /** The fewest states on the way to the new mesh, it included, between which every order is safe, or that of waves; none where there are no such. */
  readonly phases?: readonly PlannedPhase<T>[];
  /** Where there are none: the step that fails in the longest plan. */
  readonly failing?: Step;
}

/** States that a plan may go through; undefined where an intent of that sort does not render. */
export interface Stations<T> {
  readonly expand: readonly (() => PhaseState<T> | undefined)[];
  /** What comes before `expand`, where something new must not be seen before all of it is there. */
  readonly introduce: () => PhaseState<T> | undefined;
  readonly shift: () => PhaseState<T> | undefined;
  /** The same, where something has to stay until nobody is led to it. */
  readonly release: () => PhaseState<T> | undefined;
}

/** What steps are judged by. */
export interface StepJudge {
  readonly stateOf: (manifests: readonly Manifest[]) => MeshState;
  /** Whether Argo CD alone applies what is rendered, and so keeps to waves. */
  readonly inWaves: boolean;
}

/** The fewest of expand, shift and contract between two meshes: each is tried, none is trusted. */
export function planPhases<T>(
  before: readonly Manifest[],
  target: Omit<PhaseState<T>, 'name'>,
  stations: Stations<T>,
  judge: StepJudge,
): PhasePlan<T> {
  const named = (name: PhaseName): PhaseState<T> => ({ ...target, name });
  const direct = step(before, target.manifests, 'contract', judge.stateOf);
  const single = { ...direct, name: onlyName(direct) };
  if (isSafe(direct)) return { direct: single, phases: [{ ...named(single.name), step: single }] };
  const waved = judge.inWaves ? stepInWaves(before, target.manifests, single.name, judge.stateOf) : undefined;
  if (waved !== undefined && isSafe(waved)) return { direct: single, phases: [{ ...named(waved.name), step: waved }] };
  const expands = stations.expand.map(once);
  const [introduce, shift, release] = [once(stations.introduce), once(stations.shift), once(stations.release)];
  const roads: readonly (() => readonly (PhaseState<T> | undefined)[])[] = [
    ...expands.map((expand) => () => [expand(), named('shift')]),
    () => [introduce(), named('shift')],
    () => [shift(), named('contract')],
    () => [release(), named('contract')],
    ...expands.map((expand) => () => [expand(), shift(), named('contract')]),
    ...expands.map((expand) => () => [introduce(), expand(), named('shift')]),
    () => [introduce(), shift(), named('contract')],
    ...expands.map((expand) => () => [expand(), release(), named('contract')]),
  ];
  let failing: Step | undefined;
  for (const road of roads) {
    const walked = walk(before, road(), judge);
    if (walked === undefined) continue;
    if (walked.failing === undefined) return { direct: single, phases: walked.phases };
    failing = walked.failing;
  }
  return { direct: single, failing: failing ?? single };
}

interface Walked<T> {
  readonly phases: readonly PlannedPhase<T>[];
  readonly failing?: Step;
}

function walk<T>(before: readonly Manifest[], road: readonly (PhaseState<T> | undefined)[], judge: StepJudge): Walked<T> | undefined {
  const phases: PlannedPhase<T>[] = [];
  let here = before;
  for (const state of road) {
    if (state === undefined) return undefined;
    const taken = safestStep(here, state.manifests, state.name, judge);
    // A phase in which nothing happens is none: a shorter plan says the same.
    if (taken.states.changes.length === 0) return undefined;
    if (!isSafe(taken)) return { phases, failing: taken };
    phases.push({ ...state, step: taken });
    here = state.manifests;
  }
  return { phases };
}

function step(
  before: readonly Manifest[],
  after: readonly Manifest[],
  name: PhaseName,
  stateOf: (manifests: readonly Manifest[]) => MeshState,
): Step {
  const states = partialStates(before, after, stateOf);
  const narrowing = states.changes.filter(narrows);
  const others = states.changes.filter((change) => !narrowing.includes(change));
  // What narrows comes last, when all others have let go of what it takes.
  const still = others.some(holdsOn);
  return { name, states, tooEarly: still || name !== 'contract' ? narrowing.map(({ id }) => id) : [] };
}

/** Whether something may hold on to what narrowing takes until this has changed. */
function holdsOn({ before, after }: ChangedObject): boolean {
  return before === undefined || (after !== undefined && after.kind === 'VirtualService');
}

/** In any order where that is safe, otherwise in waves where these are. */
function safestStep(before: readonly Manifest[], after: readonly Manifest[], name: PhaseName, { stateOf, inWaves }: StepJudge): Step {
  const direct = step(before, after, name, stateOf);
  if (!inWaves || isSafe(direct)) return direct;
  const waved = stepInWaves(before, after, name, stateOf);
  return isSafe(waved) ? waved : direct;
}

/** As Argo CD goes: created and updated objects by the waves that they name from now on, then, pruned last, what is deleted. */
function stepInWaves(
  before: readonly Manifest[],
  after: readonly Manifest[],
  name: PhaseName,
  stateOf: (manifests: readonly Manifest[]) => MeshState,
): Step {
  const wave = ({ after: now }: ChangedObject) => (now === undefined ? pruneWave : waveOf(now));
  const states = partialStates(before, after, stateOf, wave);
  const last = Math.max(...states.changes.filter((change) => !narrows(change) && holdsOn(change)).map(wave));
  const tooEarly = states.changes.filter((change) => narrows(change) && wave(change) <= last).map(({ id }) => id);
  return { name, states, waves: states.changes.map(wave), tooEarly };
}

export function isSafe({ states, tooEarly }: Step): boolean {
  return states.unsafe === undefined && tooEarly.length === 0;
}

/** What a change that needs no phases is: one that moves requests, one that takes away what none goes to, or one that only adds. */
function onlyName({ states: { changes } }: Step): PhaseName {
  if (changes.length === 0 || changes.some(({ before, after }) => (after ?? before)?.kind === 'VirtualService')) return 'shift';
  if (changes.every((change) => change.after === undefined || narrows(change) || subsetsOf(change.before).some(lacking(change.after))))
    return 'contract';
  return changes.every(({ before, after }) => before === undefined || subsetsOf(after).some(lacking(before))) ? 'expand' : 'shift';
}

function subsetsOf(manifest: Manifest | undefined): readonly Json[] {
  return listOr(specOf(manifest).subsets).map((subset) => objectOr(subset).name ?? '');
}

function lacking(manifest: Manifest | undefined): (name: Json) => boolean {
  const names = subsetsOf(manifest);
  return (name) => !names.includes(name);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
