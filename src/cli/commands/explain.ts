import { isError } from '../../model/diagnostic.ts';
import type { ExplainFlags } from '../arguments/explain.ts';
import type { CliContext } from '../cli-context.ts';
import type { Compiled } from '../compiler.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { codeText, isCode } from '../explain/code-text.ts';
import { intentText } from '../explain/intent-text.ts';
import { lineText } from '../explain/line-text.ts';
import { parseSubject, type Subject } from '../explain/subject.ts';
import { reportFindings } from '../report-findings.ts';
import { type Inputs, oneEnvironment, type Workspace, withWorkspace } from '../workspace.ts';

/** Prints the page of a code, or where the values of an intent or a rendered line come from. Codes can be asked about anywhere. */
export async function explain(context: CliContext, flags: ExplainFlags, subject: string): Promise<ExitCode> {
  if (isCode(subject)) {
    context.process.stdout.write(await codeText(context, subject));
    return exitCode.done;
  }
  return withWorkspace(context, flags, async (workspace) => explainInputs(context, flags, subject, workspace));
}

/** Errors elsewhere in the environment do not hinder the explanation of an intent. */
function explainInputs(context: CliContext, flags: ExplainFlags, subject: string, workspace: Workspace): ExitCode {
  const { inputs } = workspace;
  if (inputs === undefined) return tellErrors(context, workspace, undefined);
  const asked = parseSubject(subject, inputs);
  const compiled = inputs.compiler.compile(environmentOf(asked, inputs, flags));
  const text = asked.kind === 'line' ? lineText(workspace, inputs, compiled, asked) : intentText(workspace, inputs, compiled, asked.name);
  if (text === undefined) return tellErrors(context, workspace, compiled);
  context.process.stdout.write(text);
  return exitCode.done;
}

function tellErrors(context: CliContext, { diagnostics, tree, prefix }: Workspace, compiled: Compiled | undefined): ExitCode {
  const errors = [...diagnostics, ...(compiled?.diagnostics ?? [])].filter(isError);
  reportFindings(context, { diagnostics: errors, tree, prefix }, 'text', context.process.stderr);
  return exitCodeOf(errors);
}

function environmentOf(asked: Subject, { environments }: Inputs, flags: ExplainFlags): string {
  return oneEnvironment(environments, asked.kind === 'line' ? asked.environment : flags.env);
}
