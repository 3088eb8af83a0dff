import type { ChangeReport } from '../../model/change-report.ts';
import { type Diagnostic, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { ChangeSide } from '../../pipelines/change-side.ts';
import type { PlannedChange } from '../../pipelines/plan-change.ts';
import { renderChangesJson } from '../../report/change-json.ts';
import { renderChangeMarkdown } from '../../report/change-markdown.ts';
import { renderChangeText } from '../../report/change-text.ts';
import { palette } from '../../report/palette.ts';
import type { PlanFlags } from '../arguments/plan.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { holdsIntents, namedSide, type ReadSide, renderedSide } from '../plan/change-sides.ts';
import { writePhase } from '../plan/write-phase.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { chosenEnvironments, type Workspace, withWorkspace } from '../workspace.ts';

/** Prints how each environment gets from the old mesh to the new one, and with --write makes the intents say the first phase. */
export async function plan(context: CliContext, flags: PlanFlags): Promise<ExitCode> {
  const { from, to } = flags;
  if (flags.write === true && to !== undefined) throw usageError('--write changes the intents here, so it does not go with --to');
  const aside = from !== undefined && to !== undefined ? [from, to] : [];
  if (aside.length > 0 && !aside.some((path) => holdsIntents(context.workingFolder, path)))
    return await planManifests(context, flags, aside);
  return await withWorkspace(context, flags, async (workspace) => {
    const { inputs, tree, prefix, diagnostics } = workspace;
    if (inputs === undefined) {
      reportFindings(context, { diagnostics, tree, prefix }, 'text', context.process.stderr);
      return exitCodeOf(diagnostics);
    }
    const { planChange, phaseEdits } = await context.planner();
    const planned: PlannedEnvironment[] = [];
    for (const environment of chosenEnvironments(inputs.environments, flags.env)) {
      const old = from === undefined ? await renderedSide(context, workspace, environment) : namedSide(context, from, environment);
      const here: ReadSide = { side: { kind: 'intents', tree, environment }, diagnostics: [] };
      const now = to === undefined ? here : namedSide(context, to, environment);
      planned.push({
        environment,
        ...planOf(planChange, old, now, flags),
        located: inputs.compiler.locate([...old.diagnostics, ...now.diagnostics]),
      });
    }
    const code = finish(context, flags, planned, workspace);
    if (flags.write !== true || code !== exitCode.done) return code;
    const edits = planned.flatMap(({ environment, plan: made }) =>
      environment === undefined || made === undefined ? [] : [phaseEdits(tree, environment, made)],
    );
    return writePhase(context, workspace, edits);
  });
}

interface PlannedEnvironment extends PlannedChange {
  readonly environment?: string;
  readonly located: readonly LocatedDiagnostic[];
}

type Planner = Awaited<ReturnType<CliContext['planner']>>['planChange'];

function planOf(planChange: Planner, old: ReadSide, now: ReadSide, { istio, namespace }: PlanFlags): PlannedChange {
  const errors: readonly Diagnostic[] = [...old.diagnostics, ...now.diagnostics].filter(isError);
  if (errors.length > 0) return { diagnostics: [] };
  return planChange(old.side, now.side, {
    ...(istio === undefined ? {} : { istio }),
    ...(namespace === undefined ? {} : { namespace }),
  });
}

async function planManifests(context: CliContext, flags: PlanFlags, paths: readonly string[]): Promise<ExitCode> {
  const [old, now] = paths.map((path) => namedSide(context, path, undefined));
  if (old === undefined || now === undefined) return exitCode.done;
  const { planChange } = await context.planner();
  const create = await context.compiler();
  const located = create(treeOf(old.side), {}).locate([...old.diagnostics, ...now.diagnostics]);
  return finish(context, flags, [{ ...planOf(planChange, old, now, flags), located }]);
}

function treeOf({ tree }: ChangeSide): ChangeSide['tree'] {
  return tree;
}

function finish(context: CliContext, flags: PlanFlags, planned: readonly PlannedEnvironment[], workspace?: Workspace): ExitCode {
  const { stdout, stderr } = context.process;
  const diagnostics = planned.flatMap((one) => [...one.located, ...one.diagnostics]).filter(isError);
  if (diagnostics.length > 0) {
    reportFindings(context, { diagnostics, tree: workspace?.tree ?? new Map(), prefix: workspace?.prefix ?? '' }, 'text', stderr);
    return exitCodeOf(diagnostics);
  }
  const reports = planned.flatMap(({ environment, report }): readonly ChangeReport[] =>
    report === undefined ? [] : [{ ...(environment === undefined ? {} : { environment }), ...report }],
  );
  stdout.write(planText(context, flags.format, reports));
  if (reports.some(({ verdict }) => verdict === 'refused' || verdict === 'unsplit')) {
    if (reports.some(({ verdict }) => verdict === 'unsplit')) stderr.write(`${unsplitAdvice}\n`);
    return exitCode.refusedForSafety;
  }
  return exitCode.done;
}

const unsplitAdvice =
  'The change can be split into phases where the old intents are known: name the folder of a checkout that has them with --from.';

function planText(context: CliContext, format: PlanFlags['format'], reports: readonly ChangeReport[]): string {
  if (format === 'json') return renderChangesJson(reports);
  if (format === 'markdown') return reports.map(renderChangeMarkdown).join('\n');
  const colors = palette(hasColor(context.process.stdout));
  return reports.map((report) => renderChangeText(report, colors)).join('\n');
}
