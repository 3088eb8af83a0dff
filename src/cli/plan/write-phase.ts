import type { PhaseEdits } from '../../pipelines/phase-edits.ts';
import { writeInputs } from '../../repo/write-input.ts';
import { valueWords } from '../../report/decision-words.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import type { Workspace } from '../workspace.ts';

/** Writes the texts of all environments, or none; what could not be written without losing something is shown. */
export function writePhase(context: CliContext, { root, prefix, tree, inputs }: Workspace, edits: readonly PhaseEdits[]): ExitCode {
  const { stdout, stderr } = context.process;
  const refused = edits.flatMap((one) => one.refused);
  if (refused.length > 0) {
    const lines = refused.map(({ title, reason, patch }) => `  ${title}: ${reason}\n    ${valueWords(patch)}`);
    stderr.write(`Nothing is written. Change by hand:\n${lines.map((line) => line.split('\n').map(visibleText).join('\n')).join('\n')}\n`);
    return exitCode.refusedForSafety;
  }
  const files = new Map(edits.flatMap((one) => [...one.files]));
  const diagnostics = inputs?.compiler.locate(writeInputs(root, files)) ?? [];
  reportFindings(context, { diagnostics, tree, prefix }, 'text', stderr);
  if (diagnostics.length === 0)
    stdout.write(
      files.size === 0 ? '\nThe intents say this phase.\n' : `\n${[...files.keys()].map((path) => `wrote ${prefix}${path}\n`).join('')}`,
    );
  return exitCodeOf(diagnostics);
}
