/**
 * The page of one pull request to be.
 *
 *   what one change edits ──phase──▶ intents ──compile──▶ files ──compare──▶ title, digest, and what a reviewer is told of each environment
 */
import { applyNext, type IsCarried } from '../../load/apply-next.ts';
import type { PullRequestKey } from '../../model/pull-request.ts';
import type { AwaitedState } from '../../model/pull-request-story.ts';
import type { RolloutBlock } from '../../model/rollout.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { Compilation } from '../../pipeline.ts';
import { awaitedState } from '../../propose/awaited-state.ts';
import { changeTitle, type PhasePosition, phasePosition } from '../../propose/change-title.ts';
import { becomesOf, type EnvironmentSides } from '../../propose/changed-inputs.ts';
import { changedIntents } from '../../propose/changed-intents.ts';
import { contentDigest } from '../../propose/content-digest.ts';
import { differences } from '../../propose/file-edits.ts';
import type { ChangeGroup } from '../../propose/group-changes.ts';
import { keySubject } from '../../propose/key-subject.ts';
import { type RolloutStory, rolloutStory } from '../rollouts/rollout-story.ts';
import { guardrailBlocks } from './proposal-guardrails.ts';
import { compileGroup, type NamedChange, type Proposing, present } from './proposal-request.ts';
import { environmentApart, type ProposedEnvironment, proposedEnvironment } from './proposed-environment.ts';
import { carriedBy, type GroupSides, isContinued, type PhasedChange, phaseChange, type RefusedChange } from './proposed-phase.ts';

/** One pull request to be. */
export interface ProposedChange {
  readonly key: PullRequestKey;
  readonly title: string;
  /** New texts of inputs; null = gone. */
  readonly inputs: ReadonlyMap<RepoPath, string | null>;
  readonly environments: readonly ProposedEnvironment[];
  readonly digest: string;
  /** 'expand': of a change in phases, the one that this is. */
  readonly step?: string;
  readonly waitsFor?: AwaitedState;
  /** Its rollout, by environment, as it is with all of this. */
  readonly rollouts?: ReadonlyMap<string, RolloutStory>;
  /** What guardrails have against it. */
  readonly blocks?: readonly RolloutBlock[];
}

/** A tree, and what it compiles to. */
export interface CompiledTree {
  readonly tree: FileTree;
  readonly compilations: readonly Compilation[];
}

/** What becomes of one group; undefined where it changes nothing. `known` is not compiled again. */
export function proposedChange(
  request: Proposing,
  group: ChangeGroup,
  all: readonly EnvironmentSides[],
  known: CompiledTree,
): ProposedChange | RefusedChange | undefined {
  const sides = all.filter(({ name }) => group.environments.includes(name));
  const at = { group, sides, isCarried: carriedBy(request, group, sides) };
  const phased = phaseChange(request, at);
  return 'edits' in phased ? phased : toldChange(request, at, phased, known);
}

function toldChange(request: Proposing, at: GroupSides, phased: PhasedChange, known: CompiledTree): ProposedChange | undefined {
  const { group, sides, isCarried } = at;
  const { key } = group;
  const inputs = differences(request.base, phased.tree);
  const environments = toldEnvironments(request, at, phased, known);
  if (inputs.size === 0 && environments.length === 0) return undefined;
  const objects = environments.map(({ name, comparison: { changes } }) => ({ environment: name, changes }));
  const isStill = environments.every(({ comparison: { traffic } }) =>
    traffic.every(({ classes }) => classes.every(({ shiftedPercent }) => shiftedPercent === 0)),
  );
  const goesOn = isContinued(at);
  const phase = phasePosition(phased.reports, goesOn, isStill);
  const ends = sides.map((side) => inTheEnd(side, isCarried));
  return {
    key,
    title: changeTitle(key, changedIntents(ends, group.paths), phase, becomesOf(sides)),
    inputs,
    environments,
    digest: contentDigest({ key, inputs, objects }),
    ...stepOf(request.as, phase),
    ...rolloutsTold(ends, key),
    ...guardrailBlocks(request, sides, isCarried),
    ...(environments.length === 0 ? {} : awaitedState(phased.reports, goesOn)),
  };
}

function toldEnvironments(
  request: Proposing,
  { group, sides }: GroupSides,
  { tree, reports, introduced, apart }: PhasedChange,
  known: CompiledTree,
): readonly ProposedEnvironment[] {
  const compiled = compiledOnce(request, tree, present(group.environments, sides), known);
  return sides.flatMap(({ name }) => {
    const plan = reports.find(({ environment }) => environment === name);
    const old = apart.get(name);
    const rendered = request.rendered(name);
    const environment =
      old === undefined
        ? proposedEnvironment(name, compiled.get(name), rendered, tree)
        : environmentApart(name, [old, compiled.get(name)], rendered, tree, request.as?.carried ?? []);
    if (environment === undefined) return [];
    return [{ ...environment, ...(plan === undefined ? {} : { plan }), ...(introduced.includes(name) ? { isIntroduced: true } : {}) }];
  });
}

/** By environment. What has the same texts as a tree that was compiled is not compiled again. */
function compiledOnce(
  request: Proposing,
  tree: FileTree,
  environments: readonly string[],
  known: CompiledTree,
): ReadonlyMap<string, Compilation> {
  const isKnown = sameTexts(tree, known.tree) && environments.every((name) => known.compilations.some((one) => one.environment === name));
  const all = isKnown ? known.compilations : compileGroup(request, tree, environments);
  return new Map(all.map((one) => [one.environment, one]));
}

function sameTexts(a: FileTree, b: FileTree): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}

/** 'expand', of a rollout 'canary-25', and where that takes phases 'canary-25-expand'. */
function stepOf(named: NamedChange | undefined, phase: PhasePosition | undefined): Pick<ProposedChange, 'step'> {
  const isPhase = phase !== undefined && (phase.following.length > 0 || phase.isContinued);
  if (named === undefined) return isPhase ? { step: phase.name } : {};
  return { step: isPhase ? `${named.step}-${phase.name}` : named.step };
}

function rolloutsTold(sides: readonly EnvironmentSides[], { subject }: PullRequestKey): Pick<ProposedChange, 'rollouts'> {
  const told = sides.flatMap(({ name, after }) => {
    const story = after === undefined ? undefined : rolloutStory(after, (intent) => keySubject(intent) === subject);
    return story === undefined ? [] : [[name, story] as const];
  });
  return told.length === 0 ? {} : { rollouts: new Map(told) };
}

/** With all that is still to come. */
function inTheEnd({ after, ...side }: EnvironmentSides, isCarried: IsCarried): EnvironmentSides {
  return { ...side, ...(after === undefined ? {} : { after: applyNext(after, isCarried) }) };
}
