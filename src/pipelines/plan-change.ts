/**
 * The page of safe phases: how a change gets from one mesh to another.
 *
 *   old intents ──compile──▶ old manifests ─┐
 *                                           ├──diff──▶ is every order safe? ── no ──▶ expand, shift, contract: each compiled like any intent
 *   new intents ──compile──▶ new manifests ─┘
 *
 * A pure function like the compiler, and no second way to render: a phase is an environment that `compile` is given.
 */

import { changeReport } from '../diff/change-report.ts';
import { mergePatchBetween } from '../diff/merge-patch.ts';
import type { MeshState } from '../diff/partial-states.ts';
import { phaseIntents } from '../diff/phase-intents.ts';
import { type PhasePlan, type PhaseState, planPhases, type Stations } from '../diff/plan-phases.ts';
import { type ParsedTexts, rememberedTexts, rememberingParser } from '../document/remembering-parser.ts';
import { type GivenMesh, givenEnvironment } from '../load/given-environment.ts';
import { loadSettings } from '../load/load.ts';
import { declaredGateways } from '../mesh/declared-gateways.ts';
import { declaredServices } from '../mesh/declared-services.ts';
import { buildMesh, noSurroundings } from '../mesh/mesh.ts';
import type { ChangeReport, ReportedIntent } from '../model/change-report.ts';
import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type Intent, intentTitle } from '../model/intent.ts';
import type { Manifest } from '../model/manifest.ts';
import type { FileTree } from '../model/source.ts';
import { compile } from '../pipeline.ts';
import { buildRoutingTable } from '../simulate/routing-table.ts';
import { type ChangeSide, fromNothing, sideOf } from './change-side.ts';
import type { CompileTree } from './remembering-compile.ts';

export interface PlannedChange {
  /** Undefined where a side has errors. */
  readonly plan?: PhasePlan<PhaseIntent>;
  readonly report?: ChangeReport;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** A phase as it is written: intents, what they render to, and what they change of the state before. */
export interface PhaseIntent {
  readonly intents: readonly Intent[];
  readonly files: FileTree;
  readonly changes: readonly ReportedIntent[];
}

/** Whether a change is safe in every order, or in the waves that the settings ask for, or the fewest phases that are. `compileTree` may know answers from before. */
export function planChange(
  from: ChangeSide,
  to: ChangeSide,
  given: GivenMesh = {},
  parsed = rememberedTexts(),
  compileTree: CompileTree = compile,
): PlannedChange {
  const target = sideOf(to, true, parsed, compileTree);
  const old = sideOf(from, false, parsed, compileTree);
  const diagnostics = [...old.diagnostics, ...target.diagnostics];
  if (old.value === undefined || target.value === undefined) return { diagnostics };
  const { value: after } = target;
  const before = fromNothing(old.value, after);
  const stateOf = statesOf([before.loaded, after.loaded], given);
  const canSplit = before.loaded !== undefined && after.loaded !== undefined && to.kind === 'intents';
  const stations =
    canSplit && to.kind === 'intents'
      ? stationsBetween(before.loaded, after.loaded, to, parsed)
      : { expand: [], introduce: nowhere, shift: nowhere, release: nowhere };
  const last = { manifests: after.manifests, from: { intents: after.loaded?.intents ?? [], files: after.files, changes: [] } };
  const inWaves = to.kind === 'intents' && isInWaves(to.tree, [before.loaded, after.loaded], parsed);
  const plan = planPhases(before.manifests, last, stations, { stateOf, inWaves });
  // Where nothing tells what was said before, nothing tells what is said anew.
  const told = before.loaded === undefined ? plan : withChanges(plan, before.loaded.intents);
  return { plan: told, report: changeReport(told, canSplit), diagnostics };
}

/** Whether waves are asked for, and one Application has all of the environment: several know nothing of one another's waves. */
function isInWaves(tree: FileTree, sides: readonly (LoadedEnvironment | undefined)[], parsed: ParsedTexts): boolean {
  if (sides.some((side) => side !== undefined && side.environment.shards > 1)) return false;
  return loadSettings(tree, rememberingParser(parsed)).value?.phases === 'sync-waves';
}

/** Both environments' surroundings: what the cluster holds is not part of the change. */
function statesOf(sides: readonly (LoadedEnvironment | undefined)[], given: GivenMesh): (manifests: readonly Manifest[]) => MeshState {
  const loaded = sides.filter((one) => one !== undefined);
  const environment = loaded.at(-1)?.environment ?? givenEnvironment(given);
  const around = {
    ...noSurroundings,
    objects: loaded.at(-1)?.registry.objects ?? [],
    services: unique(loaded.flatMap((one) => declaredServices(one.environment, one.intents))),
    gateways: unique(loaded.flatMap((one) => declaredGateways(one.environment, one.intents))),
  };
  return (manifests) => {
    const mesh = buildMesh(environment, manifests, around);
    return { mesh, decide: buildRoutingTable(mesh).decide };
  };
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

const nowhere = (): undefined => undefined;

function stationsBetween(
  before: LoadedEnvironment | undefined,
  after: LoadedEnvironment | undefined,
  { tree, environment }: { readonly tree: FileTree; readonly environment: string },
  parsed: ParsedTexts,
): Stations<PhaseIntent> {
  if (before === undefined || after === undefined) return { expand: [], introduce: nowhere, shift: nowhere, release: nowhere };
  const intents = phaseIntents(before, after);
  const station = (name: PhaseState<PhaseIntent>['name'], loaded: LoadedEnvironment) => (): PhaseState<PhaseIntent> | undefined => {
    const compiled = compile(tree, environment, { parsed, revise: () => loaded });
    if (!compiled.ok) return undefined;
    return { name, manifests: compiled.manifests, from: { intents: loaded.intents, files: compiled.files, changes: [] } };
  };
  return {
    expand: [station('expand', intents.expand), station('expand', intents.expandWithPolicies)],
    introduce: intents.introduce === undefined ? nowhere : station('expand', intents.introduce),
    shift: station('shift', intents.shift),
    release: intents.release === undefined ? nowhere : station('shift', intents.release),
  };
}

/** Says of each phase what its intents change of those before. */
function withChanges(plan: PhasePlan<PhaseIntent>, before: readonly Intent[]): PhasePlan<PhaseIntent> {
  let here = before;
  const phases = plan.phases?.map((phase) => {
    const changes = intentChanges(here, phase.from.intents);
    here = phase.from.intents;
    return { ...phase, from: { ...phase.from, changes } };
  });
  return { ...plan, ...(phases === undefined ? {} : { phases }) };
}

function intentChanges(before: readonly Intent[], after: readonly Intent[]): readonly ReportedIntent[] {
  const old = new Map(before.map((intent) => [intentTitle(intent), intent]));
  const now = new Map(after.map((intent) => [intentTitle(intent), intent]));
  const kept = [...now].flatMap(([title, { value }]): readonly ReportedIntent[] => {
    const was = old.get(title);
    if (was === undefined) return [{ title, action: 'created', patch: value }];
    const patch = mergePatchBetween(was.value, value);
    return patch === undefined ? [] : [{ title, action: 'changed', patch }];
  });
  const gone = [...old.keys()].filter((title) => !now.has(title)).map((title): ReportedIntent => ({ title, action: 'deleted', patch: {} }));
  return [...kept, ...gone];
}
