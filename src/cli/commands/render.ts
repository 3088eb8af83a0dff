import { isError } from '../../model/diagnostic.ts';
import type { RenderFlags } from '../arguments/render.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { checkTargets } from '../output/check-targets.ts';
import { outputTargets } from '../output/output-targets.ts';
import { printManifests } from '../output/print-manifests.ts';
import { writeTargets } from '../output/write-targets.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';

/** Compiles, and writes, compares or prints the result; nothing is written when anything has an error. */
export async function render(context: CliContext, flags: RenderFlags): Promise<ExitCode> {
  refuseContradictions(flags);
  const { workspace, compilations, diagnostics } = await compileEnvironments(
    context,
    { ...flags, reuse: flags.stdout === true ? undefined : 'files' },
    (chosen) => {
      if (flags.stdout === true && chosen.length > 1) {
        throw usageError('--stdout prints one environment, so that nobody applies two at once', [`choose one: --env ${chosen[0]}`]);
      }
    },
  );
  const findings = { tree: workspace.tree, prefix: workspace.prefix };
  const { stderr } = context.process;
  if (diagnostics.some(isError)) {
    reportFindings(context, { ...findings, diagnostics }, flags.diagnostics, stderr);
    return exitCodeOf(diagnostics);
  }
  if (flags.stdout === true) {
    reportFindings(context, { ...findings, diagnostics }, flags.diagnostics, stderr);
    for (const compilation of compilations.values()) printManifests(context, compilation, flags.format);
    return exitCode.done;
  }
  const targets = outputTargets(context, workspace, compilations, flags);
  const outcome = flags.check === true ? checkTargets(context, targets) : writeTargets(context, targets, flags);
  const all = [...diagnostics, ...(workspace.inputs?.compiler.locate(outcome.diagnostics) ?? [])];
  reportFindings(context, { ...findings, diagnostics: all }, flags.diagnostics, stderr);
  return all.some(isError) ? exitCodeOf(all) : outcome.exitCode;
}

function refuseContradictions(flags: RenderFlags): void {
  if (flags.format === 'json' && flags.stdout !== true) {
    throw usageError('--format json needs --stdout: a JSON file cannot carry the comment by which Mainsheet recognises its own files', [
      'add --stdout and redirect it, or leave --format out',
    ]);
  }
  for (const other of ['check', 'out'] as const) {
    if (flags.stdout === true && flags[other] !== undefined)
      throw usageError(`--stdout writes no files, so it does not go with --${other}`);
  }
}
