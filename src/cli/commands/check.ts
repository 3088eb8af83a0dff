import type { CheckFlags } from '../arguments/check.ts';
import { checkGivenManifests } from '../check-given-manifests.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { refuseFlagsOfManifests } from '../refuse-flags-of-manifests.ts';
import { reportFindings } from '../report-findings.ts';

/** Compiles intents, or reads manifests, and prints the findings; where nobody would see an empty report, says what was checked. */
export async function check(context: CliContext, flags: CheckFlags): Promise<ExitCode> {
  if (flags.manifests !== undefined && flags.manifests.length > 0) return await checkGivenManifests(context, flags, flags.manifests);
  refuseFlagsOfManifests(flags);
  const { workspace, compilations, diagnostics } = await compileEnvironments(context, { ...flags, heedDates: true, reuse: 'files' });
  const { stdout } = context.process;
  reportFindings(context, { diagnostics, tree: workspace.tree, prefix: workspace.prefix }, flags.format, stdout);
  if (flags.format === 'text' && diagnostics.length === 0) {
    for (const [name, { manifests, count = manifests.length }] of compilations)
      stdout.write(`${name}: ${count} manifests, nothing to report\n`);
  }
  return exitCodeOf(diagnostics);
}
