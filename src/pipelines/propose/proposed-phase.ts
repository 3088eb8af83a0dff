/**
 * The page of how a change is phased: whether every order of its objects is safe, and otherwise what its first phase is, as intents.
 *
 *   rendered, or base branch ─┐
 *                             ├──plan──▶ phases of each environment ──edit──▶ texts that say the first, with the rest as `next:`
 *   what one change edits ────┘
 */
import { hasNext, type IsCarried } from '../../load/apply-next.ts';
import type { ChangeReport } from '../../model/change-report.ts';
import { drivenIntents } from '../../model/driven-intents.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { type Intent, intentTitle } from '../../model/intent.ts';
import type { PullRequestKey } from '../../model/pull-request.ts';
import { rememberedFor } from '../../model/remembered-for.ts';
import type { FileTree } from '../../model/source.ts';
import type { Compilation } from '../../pipeline.ts';
import type { EnvironmentSides } from '../../propose/changed-inputs.ts';
import { edited } from '../../propose/file-edits.ts';
import type { ChangeGroup } from '../../propose/group-changes.ts';
import { phaseEdits, type RefusedEdit } from '../phase-edits.ts';
import { type PlannedChange, planChange } from '../plan-change.ts';
import { compileGroup, type ProposalRequest, type Proposing, present, rulesOf, treeOf } from './proposal-request.ts';

/** A change that is not safe in any phases, or whose first phase can't be written into the intents. */
export interface RefusedChange {
  readonly key: PullRequestKey;
  readonly reports: readonly ChangeReport[];
  readonly edits: readonly RefusedEdit[];
}

/** A change and what it reaches. */
export interface GroupSides {
  readonly group: ChangeGroup;
  /** Of the environments that it reaches. */
  readonly sides: readonly EnvironmentSides[];
  /** Whose phases it carries on. */
  readonly isCarried: IsCarried;
}

/** A change of which the first phase stands in the intents. */
export interface PhasedChange {
  /** The base branch with that phase. */
  readonly tree: FileTree;
  /** Of environments that are there with the change. */
  readonly reports: readonly ChangeReport[];
  /** Environments that are brought up whole, though no order is safe. */
  readonly introduced: readonly string[];
  /** Of a way back: what the base branch itself renders to, where it compiles. */
  readonly apart: ReadonlyMap<string, Compilation>;
}

type Planned = PlannedChange & { readonly name: string };

export function phaseChange(request: Proposing, at: GroupSides): PhasedChange | RefusedChange {
  const { base, parsed, compileTree } = request;
  const { group, sides } = at;
  const tree = treeOf(request, group);
  const rules = rulesOf(request.as);
  const carried = carriedOption(at);
  const sound = rules === 'all' ? [] : compileGroup(request, base, present(group.environments, sides)).filter(({ ok }) => ok);
  const apart = new Map(sound.map((one) => [one.environment, one]));
  const planned = planEnvironments(request, at, tree, apart);
  const introduced = introducedOf(request, sides, planned);
  const phased = planned.filter(({ name }) => !introduced.includes(name));
  const restored = new Map(phased.flatMap(({ plan }) => [...deletedTooEarly(request, group, plan)]));
  const kept = edited(tree, restored);
  const options = { keeps: restored.size > 0, keepsComments: rules === 'phase', parsed, base, compileTree, rules, ...carried };
  const edits = phased.flatMap(({ name, plan }) => (plan === undefined ? [] : [phaseEdits(kept, name, plan, options)]));
  const reports = planned.flatMap(({ name, report }) =>
    report === undefined ? [] : [{ environment: name, ...report, ...(introduced.includes(name) ? { phases: [] } : {}) }],
  );
  const unsafe = reports.filter(
    ({ verdict, environment }) => !introduced.includes(environment) && (verdict === 'refused' || verdict === 'unsplit'),
  );
  const refused = edits.flatMap((one) => one.refused);
  if (unsafe.length > 0 || refused.length > 0) return { key: group.key, reports: unsafe.length > 0 ? unsafe : reports, edits: refused };
  return { tree: edited(kept, new Map(edits.flatMap(({ files }) => [...files]))), reports, introduced, apart };
}

function planEnvironments(
  { base, rendered, parsed, compileTree, as }: Proposing,
  at: GroupSides,
  tree: FileTree,
  apart: ReadonlyMap<string, Compilation>,
): readonly Planned[] {
  const carried = carriedOption(at);
  return at.sides.flatMap(({ name, after }) => {
    if (after === undefined) return [];
    const manifests = {
      kind: 'manifests',
      tree: withoutKustomizations(rendered(name)),
      perhapsFrom: [{ tree: base, environment: name }],
    } as const;
    const from = apart.get(name) !== undefined ? ({ kind: 'intents', tree: base, environment: name } as const) : manifests;
    const to = { kind: 'intents', tree, environment: name, rules: rulesOf(as), ...carried } as const;
    return [{ name, ...planChange(from, to, {}, parsed, compileTree) }];
  });
}

/** Where nothing stands before, no phase makes an order safe for whoever is led there already: it is brought up whole, and says so. */
function introducedOf({ rendered }: Proposing, sides: readonly EnvironmentSides[], planned: readonly Planned[]): readonly string[] {
  return sides
    .filter(({ name, before }) => before === undefined && rendered(name).size === 0)
    .map(({ name }) => name)
    .filter((name) =>
      planned.some(
        (one) => one.name === name && one.report !== undefined && one.report.verdict !== 'safe' && one.report.verdict !== 'safe-in-waves',
      ),
    );
}

/** Files that are deleted, as they were: their intents have to stay until the last phase. */
function deletedTooEarly({ base, edits }: ProposalRequest, { paths }: ChangeGroup, plan: PlannedChange['plan']): FileTree {
  const [first, ...following] = plan?.phases ?? [];
  const needed = following.length === 0 ? [] : (first?.from.intents ?? []).flatMap(({ layers }) => layers.map(({ file }) => file));
  const deleted = paths.filter((path) => edits.get(path) === null && needed.includes(path));
  return new Map(deleted.flatMap((path): readonly (readonly [string, string])[] => [[path, base.get(path) ?? '']]));
}

/** Nothing where all phases are carried on, which is what everyone expects who is not told. */
function carriedOption({ sides, isCarried }: GroupSides): { readonly isCarried?: IsCarried } {
  const isLeft = (intent: Intent) => intent.value.next !== undefined && !isCarried(intent);
  return sides.some(({ after }) => after?.intents.some(isLeft) === true) ? { isCarried } : {};
}

/** Whose phases a change carries on: those of the intents that it is about, and those of rollouts only where it is one's step. */
export function carriedBy({ as }: Proposing, { paths }: ChangeGroup, sides: readonly EnvironmentSides[]): IsCarried {
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

/** Whether it goes on with phases of which one is merged. */
export function isContinued({ sides, isCarried }: GroupSides): boolean {
  return sides.some(({ before }) => before !== undefined && hasNext(before, isCarried));
}

/** The same tree for the same files, so that it is read once. */
const withoutKustomizations = rememberedFor(
  (files: FileTree): FileTree => new Map([...files].filter(([path]) => !/(^|\/)kustomization\.yaml$/.test(path))),
);
