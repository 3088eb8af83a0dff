import type { Severity } from '../model/diagnostic.ts';
import { type GithubFinding, githubAnnotation } from '../report/diagnostics-github.ts';
import { visibleText } from '../report/visible-text.ts';
import { workflowCommand } from '../report/workflow-command.ts';
import type { Failure } from './told-run.ts';

/** Of each severity; GitHub shows no more of one step (docs.github.com, "Usage limits", annotations). */
const shownAnnotations = 10;

/** Workflow commands for the lines of the pull request: what would not be shown any more is counted by the last one that is. */
export function annotations(title: string, findings: readonly GithubFinding[], failures: readonly Failure[]): string {
  const of = (severity: Severity): readonly Annotation[] =>
    findings
      .filter((one) => one.severity === severity)
      .map((finding) => ({ command: githubAnnotation(finding), line: findingLine(finding) }));
  const others = failures.map(({ message, hints }) => ({
    command: workflowCommand('error', { title }, [message, ...hints].map(visibleText).join('\n')),
    line: `error: ${message}`,
  }));
  return [
    ...fitted(title, 'error', [...others, ...of('error')]),
    ...fitted(title, 'warning', of('warning')),
    ...fitted(title, 'notice', of('info')),
  ].join('');
}

interface Annotation {
  readonly command: string;
  /** The same for the log alone. */
  readonly line: string;
}

function fitted(title: string, name: 'error' | 'warning' | 'notice', all: readonly Annotation[]): readonly string[] {
  if (all.length <= shownAnnotations) return all.map(({ command }) => command);
  const rest = all.slice(shownAnnotations - 1);
  return [
    ...all.slice(0, shownAnnotations - 1).map(({ command }) => command),
    workflowCommand(name, { title }, `and ${rest.length} more: GitHub shows ten of a step; the job's summary and the log have all`),
    ...rest.map(({ line }) => `${visibleText(line)}\n`),
  ];
}

function findingLine({ code, name, severity, message, at }: GithubFinding): string {
  const place = at === undefined ? '' : 'start' in at ? `${at.file}:${at.start.line}:${at.start.column}: ` : `${at.file}: `;
  return `${place}${severity === 'info' ? 'note' : severity}[${code}] ${name}: ${message}`;
}
