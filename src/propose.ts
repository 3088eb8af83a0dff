/**
 * The page of proposals: how what was edited becomes changes that are reviewed one by one.
 *
 *   base branch ─┐
 *                ├──group──▶ one change for each intent ──plan──▶ its first phase, as intents ──compile, compare──▶ what a reviewer is told
 *   edits ───────┘
 *
 * A pure function: which commit is the base, and what becomes of the answer, is nothing that is known here.
 */
import { type ParsedTexts, rememberedTexts, rememberingParser } from './document/remembering-parser.ts';
import { applyNext, hasNext, type IsCarried } from './load/apply-next.ts';
import { load, loadSettings } from './load/load.ts';
import type { ChangeReport } from './model/change-report.ts';
import { isError, type LocatedDiagnostic } from './model/diagnostic.ts';
import { drivenIntents } from './model/driven-intents.ts';
import type { LoadedEnvironment } from './model/environment.ts';
import { guardrailsOf } from './model/guardrails.ts';
import { type Intent, intentTitle } from './model/intent.ts';
import { sameJson } from './model/json.ts';
import { byCodePoint } from './model/names.ts';
import type { PullRequestKey } from './model/pull-request.ts';
import type { AwaitedState } from './model/pull-request-story.ts';
import { rememberedFor } from './model/remembered-for.ts';
import type { RolloutBlock, Seconds } from './model/rollout.ts';
import type { FileTree, RepoPath } from './model/source.ts';
import { phaseEdits, type RefusedEdit } from './phase-edits.ts';
import { type Compilation, createCompiler } from './pipeline.ts';
import { type PlannedChange, planChange } from './plan-change.ts';
import { changeTitle, type PhasePosition, phasePosition } from './propose/change-title.ts';
import { changedInputs, type EnvironmentSides } from './propose/changed-inputs.ts';
import { changedIntents } from './propose/changed-intents.ts';
import { contentDigest } from './propose/content-digest.ts';
import { differences, edited } from './propose/file-edits.ts';
import { type ChangeGroup, groupChanges, joinGroups } from './propose/group-changes.ts';
import { keySubject } from './propose/key-subject.ts';
import { environmentApart, type ProposedEnvironment, proposedEnvironment } from './proposed-environment.ts';
import { type CompileTree, rememberingCompile } from './remembering-compile.ts';
import { proposalBlocks } from './rollout/proposal-blocks.ts';
import { followsIn, isBegun, rolloutsOf, trainsByRider } from './rollouts.ts';

export interface ProposalRequest {
  /** Settings, environments and templates as the base branch has them. */
  readonly base: FileTree;
  /** What the change makes of them; null = gone. */
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  /** What is rendered on the base branch, by path beneath the environment's output folder, texts without their mark. */
  readonly rendered: (environment: string) => FileTree;
  /** Only changes that reach one of these. */
  readonly environments?: readonly string[];
  /** YYYY-MM-DD: dates in intents are held against it. */
  readonly today?: string;
  /** Seconds since 1970: guardrails of the base branch are asked of it. Without it they are not, because who decided asked them before. */
  readonly now?: Seconds;
  readonly parsed?: ParsedTexts;
  /** May know answers of an earlier call. */
  readonly compileTree?: CompileTree;
  /** All of it is one change, whatever it edits: a step of a rollout. */
  readonly as?: NamedChange;
}

/** A change that is known by more than what it edits. */
export interface NamedChange extends ChangeGroup {
  /** 'canary-25', 'rollback'. */
  readonly step: string;
  /** Titles of the intents whose phases it carries on. */
  readonly carried: readonly string[];
  /** A way back: nothing but what it moves is rendered anew, no plan or guardrail is in its way, and comments of what goes are kept. */
  readonly isWayBack?: boolean;
}

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
  /** What its rollout goes on with. */
  readonly follows?: string;
  /** What guardrails have against it. */
  readonly blocks?: readonly RolloutBlock[];
}

/** A change that is not safe in any phases, or whose first phase can't be written into the intents. */
export interface RefusedChange {
  readonly key: PullRequestKey;
  readonly reports: readonly ChangeReport[];
  readonly edits: readonly RefusedEdit[];
}

export interface Proposals {
  /** In order of their branches; none where there are errors. */
  readonly changes: readonly ProposedChange[];
  readonly refused: readonly RefusedChange[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The texts that diagnostics point into. */
  readonly sources: FileTree;
}

/** With what the texts of all trees of a run were parsed to: they are mostly the same. */
interface Proposing extends ProposalRequest {
  readonly parsed: ParsedTexts;
  readonly compileTree: CompileTree;
}

/** What has to be proposed so that the base branch comes to say what the edits say; nothing where it does. */
export function proposeChanges(given: ProposalRequest): Proposals {
  const request: Proposing = {
    ...given,
    parsed: given.parsed ?? rememberedTexts(),
    compileTree: ofToday(given.compileTree ?? rememberingCompile(), given.today),
  };
  const target = edited(request.base, request.edits);
  const sources = new Map([...request.base, ...target]);
  const stopped = (diagnostics: readonly LocatedDiagnostic[]): Proposals => ({ changes: [], refused: [], diagnostics, sources });
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
  if (errors.length > 0) return stopped(errors);
  const groups = compilable(request, apart, sides, chains);
  const compiled = { tree: target, compilations: whole };
  const made = groups.map((group) => proposedChange(request, group, sides, compiled));
  return {
    changes: made.flatMap((one) => (one !== undefined && 'digest' in one ? [one] : [])),
    refused: made.flatMap((one) => (one !== undefined && 'reports' in one ? [one] : [])),
    diagnostics: whole.flatMap(({ diagnostics }) => diagnostics),
    sources,
  };
}

function environmentSides(request: Proposing, target: FileTree, names: readonly string[]): readonly EnvironmentSides[] {
  const { base, parsed, compileTree } = request;
  const old = createCompiler(base, { parsed }).environments().value ?? [];
  const all = [...new Set([...old, ...names])].sort(byCodePoint);
  const before = (name: string) => loadedOnce(base)(name, parsed);
  const load = loaderOf(target, parsed);
  // What is compiled anyway need not be loaded apart.
  const after = (name: string) =>
    request.as?.environments.includes(name) === true ? compileTree(target, name, { parsed }).loaded : load(name);
  return all.map((name) => {
    const [was, is] = [old.includes(name) ? before(name) : undefined, names.includes(name) ? after(name) : undefined];
    return { name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
  });
}

/** A base branch is what many changes are held against. */
const loadedOnce = rememberedFor((tree: FileTree) => {
  const known = new Map<string, LoadedEnvironment | undefined>();
  return (name: string, parsed: ParsedTexts) => {
    if (!known.has(name)) known.set(name, loaderOf(tree, parsed)(name));
    return known.get(name);
  };
});

/** An environment that can't be loaded after the edits: whether that is theirs. One that was broken before holds up nobody else. */
function isEdited({ edits }: Proposing, { name, before }: EnvironmentSides, folder: RepoPath): boolean {
  return before !== undefined || [...edits.keys()].some((path) => path.startsWith(`${folder}/${name}/`));
}

function loaderOf(tree: FileTree, parsed: ParsedTexts) {
  const parse = rememberingParser(parsed);
  const settings = loadSettings(tree, parse).value;
  return (name: string) => (settings === undefined ? undefined : load(tree, name, settings, parse).value);
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

function compileGroup({ parsed, compileTree, as }: Proposing, tree: FileTree, environments: readonly string[]): readonly Compilation[] {
  return environments.map((name) => compileTree(tree, name, { parsed, rules: rulesOf(as) }));
}

/** Dates are held against today wherever people's own words are compiled whole; what was, and phases that only pass by, are taken as they are. */
function ofToday(compileTree: CompileTree, today: string | undefined): CompileTree {
  return (tree, environment, options = {}) => {
    const isWritten = options.until === undefined && (options.revise === undefined || options.revise === applyNext);
    return compileTree(tree, environment, isWritten && today !== undefined ? { ...options, today } : options);
  };
}

/** What is wrong with other intents is no reason to stay at what has to be gone back from. */
function rulesOf(as: NamedChange | undefined): 'all' | 'phase' {
  return as?.isWayBack === true ? 'phase' : 'all';
}

/** Whose phases a change carries on: those of the intents that it is about, and those of rollouts only where it is one's step. */
function carriedBy({ as }: Proposing, { paths }: ChangeGroup, sides: readonly EnvironmentSides[]): IsCarried {
  if (as !== undefined) return (intent) => as.carried.includes(intentTitle(intent));
  const left = new Set(sides.flatMap(({ after }) => (after === undefined ? [] : leftToRollouts(after))));
  const isHere = ({ layers }: Intent) => layers.some(({ kind, file }) => kind === 'intent' && paths.includes(file));
  return (intent) => isHere(intent) && !left.has(intentTitle(intent));
}

/** Those that say already what is still to come; what a change itself leaves for later is its own. */
function leftToRollouts(loaded: LoadedEnvironment): readonly string[] {
  const driven = drivenIntents(loaded);
  return loaded.intents
    .filter(({ value }) => value.next !== undefined)
    .map(intentTitle)
    .filter((title) => driven.has(title));
}

/** A tree, and what it compiles to. */
interface CompiledTree {
  readonly tree: FileTree;
  readonly compilations: readonly Compilation[];
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

function present(environments: readonly string[], sides: readonly EnvironmentSides[]): readonly string[] {
  return environments.filter((name) => sides.some((side) => side.name === name && side.after !== undefined));
}

function proposedChange(
  request: Proposing,
  group: ChangeGroup,
  sides: readonly EnvironmentSides[],
  known: CompiledTree,
): ProposedChange | RefusedChange | undefined {
  const { base, rendered } = request;
  const tree = treeOf(request, group);
  const here = sides.filter(({ name }) => group.environments.includes(name));
  const isCarried = carriedBy(request, group, here);
  const rules = rulesOf(request.as);
  const isWhole = here.every(
    ({ after }) => after?.intents.every((intent) => intent.value.next === undefined || isCarried(intent)) !== false,
  );
  const carried = isWhole ? {} : { isCarried };
  const apart = rules === 'all' ? [] : compileGroup(request, base, present(group.environments, sides)).filter(({ ok }) => ok);
  const before = new Map(apart.map((one) => [one.environment, one]));
  const planned = here.flatMap(({ name, after }) => {
    if (after === undefined) return [];
    const manifests = {
      kind: 'manifests',
      tree: withoutKustomizations(rendered(name)),
      perhapsFrom: [{ tree: base, environment: name }],
    } as const;
    const from = before.get(name) !== undefined ? ({ kind: 'intents', tree: base, environment: name } as const) : manifests;
    const to = { kind: 'intents', tree, environment: name, rules, ...carried } as const;
    return [{ name, ...planChange(from, to, {}, request.parsed, request.compileTree) }];
  });
  // Where nothing stands before, no phase makes an order safe for whoever is led there already: it is brought up whole, and says so.
  const introduced = here
    .filter(({ name, before }) => before === undefined && rendered(name).size === 0)
    .map(({ name }) => name)
    .filter((name) => planned.some((one) => one.name === name && one.report !== undefined && one.report.verdict !== 'safe'));
  const phasedOnes = planned.filter(({ name }) => !introduced.includes(name));
  const restored = new Map(phasedOnes.flatMap(({ plan }) => [...deletedTooEarly(request, group, plan)]));
  const kept = edited(tree, restored);
  const options = {
    keeps: restored.size > 0,
    keepsComments: rules === 'phase',
    parsed: request.parsed,
    base,
    compileTree: request.compileTree,
    rules,
    ...carried,
  };
  const edits = phasedOnes.flatMap(({ name, plan }) => (plan === undefined ? [] : [phaseEdits(kept, name, plan, options)]));
  const reports = planned.flatMap(({ name, report }) =>
    report === undefined ? [] : [{ environment: name, ...report, ...(introduced.includes(name) ? { phases: [] } : {}) }],
  );
  const unsafe = reports.filter(
    ({ verdict, environment }) => !introduced.includes(environment) && (verdict === 'refused' || verdict === 'unsplit'),
  );
  const refused = edits.flatMap((one) => one.refused);
  if (unsafe.length > 0 || refused.length > 0) return { key: group.key, reports: unsafe.length > 0 ? unsafe : reports, edits: refused };
  const phased = edited(kept, new Map(edits.flatMap(({ files }) => [...files])));
  const inputs = differences(base, phased);
  const compiled = compiledOnce(request, phased, present(group.environments, sides), known);
  const environments = here.flatMap(({ name }): readonly ProposedEnvironment[] => {
    const report = reports.find(({ environment }) => environment === name);
    const old = before.get(name);
    const environment =
      old === undefined
        ? proposedEnvironment(name, compiled.get(name), rendered(name), phased)
        : environmentApart(name, [old, compiled.get(name)], rendered(name), phased, request.as?.carried ?? []);
    return environment === undefined
      ? []
      : [
          {
            ...environment,
            ...(report === undefined ? {} : { plan: report }),
            ...(introduced.includes(name) ? { isIntroduced: true } : {}),
          },
        ];
  });
  if (inputs.size === 0 && environments.length === 0) return undefined;
  const objects = environments.map(({ name, comparison: { changes } }) => ({ environment: name, changes }));
  const isContinued = here.some((side) => side.before !== undefined && hasNext(side.before, isCarried));
  const isStill = environments.every(({ comparison: { traffic } }) =>
    traffic.every(({ classes }) => classes.every(({ shiftedPercent }) => shiftedPercent === 0)),
  );
  const phase = phasePosition(reports, isContinued, isStill);
  const ends = here.map((side) => inTheEnd(side, isCarried));
  return {
    key: group.key,
    title: changeTitle(group.key, changedIntents(ends, group.paths), phase, becomesOf(here)),
    inputs,
    environments,
    digest: contentDigest({ key: group.key, inputs, objects }),
    ...stepOf(request.as, phase),
    ...followsOf(ends, group.key),
    ...blocksOf(request, here, isCarried),
    ...awaited(reports, isContinued),
  };
}

/** What guardrails have against a person's change, each environment's own as the base branch has them. */
function blocksOf({ now }: Proposing, sides: readonly EnvironmentSides[], isCarried: IsCarried): Pick<ProposedChange, 'blocks'> {
  if (now === undefined) return {};
  const blocks = sides.flatMap(({ before, after }) => {
    if (before === undefined || after === undefined) return [];
    const old = new Map(before.intents.map((intent) => [intentTitle(intent), intent.value]));
    const changed = applyNext(after, isCarried).intents.flatMap((intent) => {
      const was = old.get(intentTitle(intent));
      return was === undefined || sameJson(was, intent.value) ? [] : [{ service: intent.name, before: was, after: intent.value }];
    });
    return proposalBlocks(guardrailsOf(before.environment), changed, rolloutsOf(before).filter(({ state }) => isBegun(state)).length, now);
  });
  const isGuarded = sides.some(({ before }) => before?.environment.value.guardrails !== undefined);
  return isGuarded ? { blocks } : {};
}

/** The same in all environments, or each by itself. */
function followsOf(sides: readonly EnvironmentSides[], { subject }: PullRequestKey): Pick<ProposedChange, 'follows'> {
  const told = sides.flatMap(({ name, after }) => {
    const follows = after === undefined ? undefined : followsIn(after, (intent) => keySubject(intent) === subject);
    return follows === undefined ? [] : [{ name, follows }];
  });
  const [first] = told;
  if (first === undefined) return {};
  const isSame = told.every(({ follows }) => follows === first.follows);
  return { follows: isSame ? first.follows : told.map(({ name, follows }) => `${name}: ${follows}`).join('; ') };
}

/** What becomes of environments as a whole; undefined where they stay. */
function becomesOf(sides: readonly EnvironmentSides[]): 'new' | 'deleted' | undefined {
  if (sides.length === 0) return undefined;
  if (sides.every(({ after }) => after === undefined)) return 'deleted';
  return sides.every(({ before }) => before === undefined) ? 'new' : undefined;
}

/** 'expand', of a rollout 'canary-25', and where that takes phases 'canary-25-expand'. */
function stepOf(named: NamedChange | undefined, phase: PhasePosition | undefined): Pick<ProposedChange, 'step'> {
  const isPhase = phase !== undefined && (phase.following.length > 0 || phase.isContinued);
  if (named === undefined) return isPhase ? { step: phase.name } : {};
  return { step: isPhase ? `${named.step}-${phase.name}` : named.step };
}

/** A contract takes away what requests may still be led to, until the state before it is live; so does any phase but the first. */
function awaited(reports: readonly ChangeReport[], isContinued: boolean): Pick<ProposedChange, 'waitsFor'> {
  if (isContinued) return { waitsFor: 'phase' };
  return reports.some(({ phases: [first] }) => first?.name === 'contract') ? { waitsFor: 'base' } : {};
}

function touched(groups: readonly ChangeGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ environments }) => environments))].sort(byCodePoint);
}

/** Files that are deleted, as they were: their intents have to stay until the last phase. */
function deletedTooEarly({ base, edits }: ProposalRequest, { paths }: ChangeGroup, plan: PlannedChange['plan']): FileTree {
  const [first, ...following] = plan?.phases ?? [];
  const needed = following.length === 0 ? [] : (first?.from.intents ?? []).flatMap(({ layers }) => layers.map(({ file }) => file));
  const deleted = paths.filter((path) => edits.get(path) === null && needed.includes(path));
  return new Map(deleted.flatMap((path): readonly (readonly [string, string])[] => [[path, base.get(path) ?? '']]));
}

/** With all that is still to come. */
function inTheEnd({ after, ...side }: EnvironmentSides, isCarried: IsCarried): EnvironmentSides {
  return { ...side, ...(after === undefined ? {} : { after: applyNext(after, isCarried) }) };
}

/** The base branch with what one group edits. */
function treeOf({ base, edits }: ProposalRequest, { paths }: ChangeGroup): FileTree {
  return edited(base, new Map([...edits].filter(([path]) => paths.includes(path))));
}

/** The same tree for the same files, so that it is read once. */
const withoutKustomizations = rememberedFor(
  (files: FileTree): FileTree => new Map([...files].filter(([path]) => !/(^|\/)kustomization\.yaml$/.test(path))),
);

export { printedObject } from './compare.ts';
export { branchName } from './propose/branch-name.ts';
export { commitMessage } from './propose/commit-message.ts';
export { parseTrailers, type ReadTrailers } from './propose/commit-trailers.ts';
export { type BranchAction, type BranchState, decideBranch } from './propose/decide-branch.ts';
export { changedOnOneSide, proposableChange, sameShards, shiftWithinGuardrail } from './propose/diagnostics.ts';
export { type DraftRequest, draftPullRequest, trailerOf } from './propose/draft-pull-request.ts';
export { keySubject } from './propose/key-subject.ts';
