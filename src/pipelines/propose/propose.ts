/**
 * The page of proposals: how what was edited becomes changes that are reviewed one by one.
 *
 *   base branch ─┐
 *                ├──group──▶ one change for each intent ──plan──▶ its first phase, as intents ──compile, compare──▶ what a reviewer is told
 *   edits ───────┘                                            (proposed-phase.ts)                             (proposed-change.ts)
 *
 * A pure function: which commit is the base, and what becomes of the answer, is nothing that is known here.
 */
import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { byCodePoint } from '../../model/names.ts';
import { keyIn, type PullRequestKey } from '../../model/pull-request.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { type Compilation, createCompiler } from '../../pipeline.ts';
import { branchName } from '../../propose/branch-name.ts';
import { changedInputs, type EnvironmentSides } from '../../propose/changed-inputs.ts';
import { edited } from '../../propose/file-edits.ts';
import { type ChangeGroup, groupChanges, joinGroups } from '../../propose/group-changes.ts';
import { trainsByRider } from '../rollouts/rollouts.ts';
import { compileGroup, type ProposalRequest, type Proposing, present, proposing, treeOf } from './proposal-request.ts';
import { environmentSides } from './proposal-sides.ts';
import { type ProposedChange, proposedChange } from './proposed-change.ts';
import type { RefusedChange } from './proposed-phase.ts';

export interface Proposals {
  /** In order of their branches; none where there are errors. */
  readonly changes: readonly ProposedChange[];
  readonly refused: readonly RefusedChange[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The texts that diagnostics point into. */
  readonly sources: FileTree;
  /** Where some environments have errors: those whose changes reach none of these, and could be proposed by themselves. */
  readonly sound?: readonly string[];
}

/** One change that will be looked at: what it is about, and whether anyone edits it or it is a phase that follows by itself. */
export interface FoundChange {
  readonly key: PullRequestKey;
  readonly isEdited: boolean;
}

export interface FoundChanges {
  /** In order of their branches; some may yet turn out to be nothing, or to go together. None where there are errors. */
  readonly found: readonly FoundChange[];
  /** All that was found but what is left for later, by branch. */
  readonly propose: (later?: ReadonlySet<string>) => Proposals;
}

/** What has to be proposed so that the base branch comes to say what the edits say; nothing where it does. */
export function proposeChanges(given: ProposalRequest): Proposals {
  return findChanges(given).propose();
}

/** The same in two steps: what there is to propose is known long before it is rendered and proven. */
export function findChanges(given: ProposalRequest): FoundChanges {
  const request = proposing(given);
  const target = edited(request.base, request.edits);
  const sources = new Map([...request.base, ...target]);
  const stopped = (diagnostics: readonly LocatedDiagnostic[], sound: readonly string[] = []): FoundChanges => ({
    found: [],
    propose: () => ({ changes: [], refused: [], diagnostics, sources, sound }),
  });
  const compiler = createCompiler(target, { parsed: request.parsed });
  const { settings } = compiler;
  if (settings.value === undefined) return stopped(compiler.locate(settings.diagnostics));
  const names = compiler.environments();
  if (names.value === undefined) return stopped(compiler.locate(names.diagnostics));
  const sides = environmentSides(request, target, names.value);
  const chains = new Map(sides.map(({ name, before, after }) => [name, (after ?? before)?.environment.chain ?? []]));
  const inputs = changedInputs(request.edits.keys(), sides, settings.value.environments, trainsByRider);
  const isAsked = ({ environments }: ChangeGroup) =>
    request.environments === undefined || environments.some((name) => request.environments?.includes(name));
  const apart = request.as === undefined ? groupChanges(inputs, chains).filter(isAsked) : [request.as];
  // An environment that can't even be loaded is not one that is gone: it is compiled for its errors.
  const isThere = (name: string) => names.value.includes(name);
  const unread = sides.filter(
    (side) => isThere(side.name) && side.after === undefined && isEdited(request, side, settings.value.environments),
  );
  const asked = unread.map(({ name }) => name).filter((name) => request.environments?.includes(name) !== false);
  const whole = compileGroup(request, target, [...new Set([...touched(apart), ...asked])].filter(isThere).sort(byCodePoint));
  const errors = whole.flatMap(({ diagnostics }) => diagnostics.filter(isError));
  if (errors.length > 0) return stopped(errors, soundApart(apart, whole));
  const inRoot = (group: ChangeGroup) => ({ ...group, key: keyIn(request.prefix ?? '', group.key) });
  const compiled = { tree: target, compilations: whole };
  return {
    found: apart.map((group) => ({ key: inRoot(group).key, isEdited: group.paths.some((path) => request.edits.has(path)) })),
    propose: (later = new Set()) => {
      const now = apart.filter((group) => !later.has(branchName(inRoot(group).key)));
      const groups = compilable(request, now, sides, chains);
      const made = groups.map((group) => proposedChange(request, inRoot(group), sides, compiled));
      return {
        changes: made.flatMap((one) => (one !== undefined && 'digest' in one ? [one] : [])),
        refused: made.flatMap((one) => (one !== undefined && 'reports' in one ? [one] : [])),
        diagnostics: whole.flatMap(({ diagnostics }) => diagnostics),
        sources,
      };
    },
  };
}

/** Environments without errors, all of whose changes reach none that has some. */
function soundApart(groups: readonly ChangeGroup[], whole: readonly Compilation[]): readonly string[] {
  const failing = new Set(whole.filter(({ ok }) => !ok).map(({ environment }) => environment));
  const held = groups.filter(({ environments }) => environments.some((name) => failing.has(name)));
  const isHeld = (name: string) => held.some(({ environments }) => environments.includes(name));
  return touched(groups).filter((name) => !failing.has(name) && !isHeld(name));
}

/** An environment that can't be loaded after the edits: whether that is theirs. One that was broken before holds up nobody else. */
function isEdited({ edits }: Proposing, { name, before }: EnvironmentSides, folder: RepoPath): boolean {
  return before !== undefined || [...edits.keys()].some((path) => path.startsWith(`${folder}/${name}/`));
}

/** Groups that compile by themselves; those that do not go together with all that reaches the same environments. */
function compilable(
  request: Proposing,
  groups: readonly ChangeGroup[],
  sides: readonly EnvironmentSides[],
  chains: ReadonlyMap<string, readonly string[]>,
): readonly ChangeGroup[] {
  if (groups.length < 2) return groups;
  const failing = groups.find((group) =>
    compileGroup(request, treeOf(request, group), present(group.environments, sides)).some(({ ok }) => !ok),
  );
  if (failing === undefined) return groups;
  const joined = joinGroups(groups, failing.environments, chains);
  return joined.length === groups.length ? groups : compilable(request, joined, sides, chains);
}

function touched(groups: readonly ChangeGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ environments }) => environments))].sort(byCodePoint);
}

export { branchName } from '../../propose/branch-name.ts';
export { commitMessage } from '../../propose/commit-message.ts';
export { parseTrailers, type ReadTrailers, trailersFault } from '../../propose/commit-trailers.ts';
export { type BranchAction, type BranchState, decideBranch } from '../../propose/decide-branch.ts';
export {
  changedOnOneSide,
  proposableChange,
  pullRequestsWithinLimit,
  sameShards,
  shiftWithinGuardrail,
} from '../../propose/diagnostics.ts';
export { type DraftRequest, draftPullRequest, trailerOf } from '../../propose/draft-pull-request.ts';
export { keySubject } from '../../propose/key-subject.ts';
export { printedObject } from '../compare.ts';
export type { NamedChange, ProposalRequest } from './proposal-request.ts';
export type { ProposedChange } from './proposed-change.ts';
export type { RefusedChange } from './proposed-phase.ts';
