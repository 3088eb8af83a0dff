import type { LocatedDiagnostic, Severity } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { orderedDiagnostics } from './ordered-diagnostics.ts';
import { plainMessage } from './plain-message.ts';
import { type Region, regionsIn } from './region.ts';
import { workflowCommand } from './workflow-command.ts';

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { error: 'error', warning: 'warning', info: 'notice' };

/** What a line beside a file says, and where: `at` is not in the file where only its name is known. */
export interface GithubFinding extends Omit<LocatedDiagnostic, 'at' | 'related'> {
  readonly at?: Region | Pick<Region, 'file'>;
}

/**
 * Workflow commands that GitHub shows beside the lines of a pull request (docs.github.com, "Workflow commands", `error`,
 * `warning`, `notice`). GitHub shows the first ten of each severity of a step.
 */
export function renderDiagnosticsGithub(diagnostics: readonly LocatedDiagnostic[], files: FileTree): string {
  const regions = regionsIn(files);
  return orderedDiagnostics(diagnostics)
    .map(({ at, related: _, ...finding }) =>
      githubAnnotation(at === undefined ? finding : { ...finding, at: regions.of(at) ?? { file: at.file } }),
    )
    .join('');
}

/** One of these lines. */
export function githubAnnotation(finding: GithubFinding): string {
  const { code, name, severity, at } = finding;
  return workflowCommand(commands[severity], { ...placeProperties(at), title: `${code} ${name}` }, plainMessage(finding));
}

/** GitHub takes columns only where a place begins and ends on one line. */
function placeProperties(at: GithubFinding['at']): Readonly<Record<string, string>> {
  if (at === undefined) return {};
  const { file } = at;
  if (!('start' in at)) return { file };
  const { start, end } = at;
  const lines = { file, line: String(start.line), endLine: String(end.line) };
  return start.line === end.line ? { ...lines, col: String(start.column), endColumn: String(end.column) } : lines;
}
