import { appendFileSync } from 'node:fs';
import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { renderDiagnosticsRecord } from '../report/diagnostics-json.ts';
import type { CliContext } from './cli-context.ts';

/**
 * Adds findings to the file that MAINSHEET_FINDINGS names, whatever the form in which they are told besides: whoever runs any command in a
 * job reads there what to show beside the lines. One line for each time that something is told, each as `check --format json`.
 */
export function recordFindings({ variables }: CliContext, diagnostics: readonly LocatedDiagnostic[], tree: FileTree): void {
  const { MAINSHEET_FINDINGS: file = '' } = variables;
  if (file !== '' && diagnostics.length > 0) appendFileSync(file, renderDiagnosticsRecord(diagnostics, tree));
}
