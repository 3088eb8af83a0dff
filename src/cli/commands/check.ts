import type { CheckFlags } from '../arguments/check.ts';
import { checkGivenManifests } from '../check-given-manifests.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';

/** Compiles intents, or reads manifests, and prints the findings; where nobody would see an empty report, says what was checked. */
export async function check(context: CliContext, flags: CheckFlags): Promise<ExitCode> {
  if (flags.manifests !== undefined && flags.manifests.length > 0) return await checkGivenManifests(context, flags, flags.manifests);
  refuseFlagsOfManifests(flags);
  const { workspace, compilations, diagnostics } = await compileEnvironments(context, { ...flags, heedDates: true });
  const { stdout } = context.process;
  reportFindings(context, { diagnostics, tree: workspace.tree, prefix: workspace.prefix }, flags.format, stdout);
  if (flags.format === 'text' && diagnostics.length === 0) {
    for (const [name, { manifests }] of compilations) stdout.write(`${name}: ${manifests.length} manifests, nothing to report\n`);
  }
  return exitCodeOf(diagnostics);
}

/** Intents say these things themselves; a flag that is passed over would be believed. */
function refuseFlagsOfManifests({ istio, namespace, crds }: CheckFlags): void {
  const [flag, instead] =
    istio !== undefined
      ? ['--istio', 'intents are checked for the version that `istio:` of environment.yaml says']
      : namespace !== undefined
        ? ['--namespace', 'intents say their namespace themselves']
        : crds !== undefined
          ? ['--crds', 'write `--manifests PATH` with what `mainsheet render` wrote']
          : [];
  if (flag !== undefined) throw usageError(`\`${flag}\` belongs to \`--manifests\`; ${instead}`);
}
