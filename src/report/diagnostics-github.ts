import type { LocatedDiagnostic, Severity } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { orderedDiagnostics } from './ordered-diagnostics.ts';
import { plainMessage } from './plain-message.ts';
import { type Region, regionsIn } from './region.ts';
import { workflowCommand } from './workflow-command.ts';

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands that GitHub shows beside the lines of a pull request (docs.github.com, "Workflow commands", `error`,
 * `warning`, `notice`). GitHub shows the first ten of each severity of a step.
 */
export function renderDiagnosticsGithub(diagnostics: readonly LocatedDiagnostic[], files: FileTree): string {
  const regions = regionsIn(files);
  return orderedDiagnostics(diagnostics)
    .map((diagnostic) => {
      const region = diagnostic.at === undefined ? undefined : regions.of(diagnostic.at);
      const properties = { ...placeProperties(diagnostic.at?.file, region), title: `${diagnostic.code} ${diagnostic.name}` };
      return workflowCommand(commands[diagnostic.severity], properties, plainMessage(diagnostic));
    })
    .join('');
}

/** GitHub takes columns only where a place begins and ends on one line. */
function placeProperties(file: string | undefined, region: Region | undefined): Readonly<Record<string, string>> {
  if (file === undefined) return {};
  if (region === undefined) return { file };
  const { start, end } = region;
  const lines = { file, line: String(start.line), endLine: String(end.line) };
  return start.line === end.line ? { ...lines, col: String(start.column), endColumn: String(end.column) } : lines;
}
