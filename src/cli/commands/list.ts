import { isError } from '../../model/diagnostic.ts';
import { renderIntentListJson, renderIntentListText } from '../../report/intent-list.ts';
import type { ListFlags } from '../arguments/list.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';

/** Lists what could be read; errors are told on stderr, and then the manifests they prevented are missing. */
export async function list(context: CliContext, flags: ListFlags): Promise<ExitCode> {
  const { workspace, compilations, diagnostics } = await compileEnvironments(context, flags);
  const { stdout, stderr } = context.process;
  const errors = diagnostics.filter(isError);
  reportFindings(context, { diagnostics: errors, tree: workspace.tree, prefix: workspace.prefix }, 'text', stderr);
  const environments = [...compilations].map(([name, { loaded, manifests }]) => ({ name, intents: loaded?.intents ?? [], manifests }));
  stdout.write(flags.json ? renderIntentListJson(environments) : renderIntentListText(environments));
  return exitCodeOf(errors);
}
