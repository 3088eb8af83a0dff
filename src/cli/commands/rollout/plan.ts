import { createHash } from 'node:crypto';
import { isError } from '../../../model/diagnostic.ts';
import { byCodePoint } from '../../../model/names.ts';
import type { FileTree, RepoPath } from '../../../model/source.ts';
import { type ForecastStep, forecast } from '../../../pipelines/rollouts/rollout-forecast.ts';
import { renderForecastJson, renderForecastText } from '../../../report/forecast-text.ts';
import { visibleText } from '../../../report/visible-text.ts';
import type { RolloutPlanFlags } from '../../arguments/rollout/plan.ts';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { marked } from '../../output/marked.ts';
import { reportFindings } from '../../report-findings.ts';
import { unmarked } from '../../rollout/base-rollouts.ts';
import { failureText } from '../../rollout/carry-move.ts';
import { planHint } from '../../rollout/local-rollout.ts';
import { stickyIdAt } from '../../rollout/sticky-id.ts';
import { withBase } from '../../rollout/with-base.ts';
import { todayAt } from '../../today-at.ts';
import { usageError } from '../../usage-error.ts';
import { oneEnvironment } from '../../workspace.ts';

/** Plays a rollout of the base branch to its end. */
export async function rolloutPlan(context: CliContext, flags: RolloutPlanFlags, name: string): Promise<ExitCode> {
  return await withBase(context, { ...flags, env: [], dryRun: true, isApart: true }, async ({ base, environments, report, refuse }) => {
    const environment = oneEnvironment(environments, flags.env);
    const read = await base.read(environment, [name]);
    if (read.value === undefined) return report(read.diagnostics);
    const { entries, histories } = read.value;
    const entry = entries.find(({ state }) => state.subject === name);
    if (entry === undefined) throw usageError(`there is no service or train "${name}" with a plan in ${environment}`, [planHint]);
    const version = flags.version ?? (entry.state.isTrain ? entry.state.members[0]?.target : undefined);
    const rendered = await base.rendered();
    if (rendered.value === undefined) return refuse(rendered.diagnostics);
    const isBegun = entry.state.members.some(({ canary }) => canary !== undefined);
    const found = forecast({
      tree: base.tree,
      environment,
      subject: name,
      rendered: unmarked(rendered.value(environment)),
      now: flags.now ?? context.now(),
      histories,
      stickyId: stickyIdAt(base.commit),
      today: todayAt(context, flags.now),
      ...(version === undefined || isBegun ? {} : { version }),
    });
    if (found === undefined) throw usageError(`there is no rollout "${name}" in ${environment}`);
    const { failure } = found;
    // What is wrong as it stands is no step's fault.
    const faults = failure === undefined ? [] : base.compiled(environment).diagnostics.filter(isError);
    if (faults.length > 0) return report(faults);
    const files = filesOfSteps(found.steps, rendered.value(environment), `${base.settings.rendered}/${environment}`);
    const steps = found.steps.map(({ move, step, change, earliest, shiftedPercent, blocks }, i) => ({
      step,
      ...(move.kind === 'start' || move.kind === 'forward' ? { service: move.service } : {}),
      title: change.title,
      earliest,
      shiftedPercent,
      blocks,
      files: files[i] ?? {},
    }));
    const told = { state: entry.state, steps, end: found.end, ...(failure === undefined ? {} : { failing: failure.step }) };
    context.process.stdout.write(flags.format === 'json' ? renderForecastJson(told) : renderForecastText(told));
    if (steps.length === 0 && version === undefined && found.end.kind === 'done')
      context.process.stderr.write(
        `note: no version of ${visibleText(name)} is on its way; to see what one would go through: --version v3\n`,
      );
    if (failure === undefined)
      return steps.some(({ blocks }) => blocks.some(({ kind }) => kind === 'max-shift' || kind === 'not-ready'))
        ? exitCode.refusedForSafety
        : exitCode.done;
    const { diagnostics, sources, refused, unsafe, step } = failure;
    context.process.stderr.write(failureText(name, { name: step, refused, unsafe, diagnostics, sources }));
    reportFindings(context, { diagnostics, tree: sources, prefix: '' }, 'text', context.process.stderr);
    return diagnostics.some(isError) ? exitCode.inputHasErrors : exitCode.refusedForSafety;
  });
}

/** SHA-256 of each file that a commit to come writes, as it will be on the branch; null = gone. */
function filesOfSteps(
  steps: readonly ForecastStep[],
  rendered: FileTree,
  folder: RepoPath,
): readonly Readonly<Record<string, string | null>>[] {
  let before = rendered;
  return steps.map(({ change: { inputs, environments } }) => {
    const after = environments.length === 0 ? before : marked(new Map(environments.flatMap(({ files }) => [...files])));
    const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
    const written = [...inputs, ...paths.map((path) => [`${folder}/${path}`, after.get(path) ?? null] as const)];
    before = after;
    return Object.fromEntries(
      written.map(([path, text]) => [path, text === null ? null : digestOf(text)] as const).sort(([a], [b]) => byCodePoint(a, b)),
    );
  });
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
