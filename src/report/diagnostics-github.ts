import type { LocatedDiagnostic, Severity } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { orderedDiagnostics } from './ordered-diagnostics.ts';
import { plainMessage } from './plain-message.ts';
import { type Region, regionsIn } from './region.ts';
import { visibleText } from './visible-text.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

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
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visibleText(String(value)))}`);
      return `::${commands[diagnostic.severity]} ${list.join(',')}::${escapeMessage(plainMessage(diagnostic))}\n`;
    })
    .join('');
}

/** GitHub takes columns only where a place begins and ends on one line. */
function placeProperties(file: string | undefined, region: Region | undefined): Readonly<Record<string, string | number>> {
  if (file === undefined) return {};
  if (region === undefined) return { file };
  const lines = { file, line: region.start.line, endLine: region.end.line };
  return region.start.line === region.end.line ? { ...lines, col: region.start.column, endColumn: region.end.column } : lines;
}

/** `%`, CR and LF, as actions/toolkit's `escapeData`. */
function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Also `:` and `,`, as actions/toolkit's `escapeProperty`. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
