import { isError } from '../../model/diagnostic.ts';
import { listWords } from '../../model/names.ts';
import type { ExplainFlags } from '../arguments/explain.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { intentText } from '../explain/intent-text.ts';
import { lineText } from '../explain/line-text.ts';
import { parseSubject, type Subject } from '../explain/subject.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { chosenEnvironments, type Inputs, withWorkspace } from '../workspace.ts';

/** Prints where an intent's values, or a rendered line, come from. Errors elsewhere in the environment do not hinder the explanation of an intent. */
export async function explain(context: CliContext, flags: ExplainFlags, subject: string): Promise<ExitCode> {
  return withWorkspace(context, flags, async (workspace) => {
    const { inputs } = workspace;
    const asked = inputs === undefined ? undefined : parseSubject(subject, inputs);
    const compiled = inputs === undefined || asked === undefined ? undefined : inputs.compiler.compile(environmentOf(asked, inputs, flags));
    const text =
      asked === undefined || compiled === undefined
        ? undefined
        : asked.kind === 'line'
          ? lineText(workspace, compiled, asked)
          : intentText(workspace, compiled, asked.name);
    if (text !== undefined) {
      context.process.stdout.write(text);
      return exitCode.done;
    }
    const diagnostics = [...workspace.diagnostics, ...(compiled?.diagnostics ?? [])];
    reportFindings(context, { diagnostics, tree: workspace.tree, prefix: workspace.prefix }, 'text', context.process.stderr);
    return exitCodeOf(diagnostics.filter(isError));
  });
}

function environmentOf(asked: Subject, { environments }: Inputs, flags: ExplainFlags): string {
  const named = asked.kind === 'line' ? asked.environment : flags.env;
  const [first, ...others] = chosenEnvironments(environments, named === undefined ? undefined : [named]);
  if (first === undefined) throw usageError('there is no environment that is rendered');
  if (others.length > 0) throw usageError(`which environment? There are ${listWords(environments)}`, [`choose one: --env ${first}`]);
  return first;
}
