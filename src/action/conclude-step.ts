import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GithubFinding } from '../report/diagnostics-github.ts';
import { fencedText, proseText } from '../report/markdown-text.ts';
import { visibleText } from '../report/visible-text.ts';
import { workflowCommand } from '../report/workflow-command.ts';
import { annotations } from './annotate.ts';
import { commandLine } from './command-line.ts';
import { diagnosticPages } from './diagnostic-pages.ts';
import { writeOutputs, writeSummary } from './job-files.ts';
import type { Variables } from './read-inputs.ts';
import { findingCounts, findingLines } from './tell-findings.ts';
import type { ToldAnswer } from './told-answer.ts';
import type { Failure } from './told-run.ts';

/** What became of a step, whether a command ran or not. */
export interface StepOutcome {
  /** 'mainsheet check' */
  readonly title: string;
  readonly code: number;
  readonly findings: readonly GithubFinding[];
  readonly failures: readonly Failure[];
  readonly answer: ToldAnswer;
  /** All that the command said there. */
  readonly stderr: string;
  /** Where files for later steps go, where a command ran. */
  readonly folder?: string;
  /** What exit code 2 is. */
  readonly difference?: 'answer' | 'failure';
  /** What a person runs to see the same. */
  readonly reproduce?: readonly string[];
}

const results: Readonly<Record<number, string>> = { 0: 'done', 1: 'invalid', 2: 'different', 3: 'failed', 4: 'refused', 70: 'fault' };

const meanings: Readonly<Record<string, string>> = {
  invalid: 'the input has errors',
  different: 'something differs',
  failed: 'the runner or a remote failed; it is safe to run again',
  refused: 'refused for safety',
  fault: 'a fault of Mainsheet itself',
};

/** Tells it: to the log, beside the lines, in the summary and to later steps. Its result is the step's exit code. */
export function concludeStep(
  outcome: StepOutcome,
  variables: Variables,
  write: (text: string) => void,
  hide: (text: string) => string,
): number {
  const { title, code, findings, stderr, answer, difference, folder } = outcome;
  const result = results[code] ?? 'fault';
  const isGreen = code === 0 || (code === 2 && difference === 'answer');
  const isUntold = !isGreen && outcome.failures.length === 0 && !findings.some(({ severity }) => severity === 'error');
  const failures = isUntold ? [untold(result, code, stderr)] : outcome.failures;
  const count = (severity: GithubFinding['severity']) => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count('error') + failures.length, count('warning')];
  const counts = findingCounts(errors, warnings, count('info'));
  const headline = isGreen ? [answer.headline, counts].filter((words) => words !== '').join(', ') || result : `${result}, ${counts}`;
  const report = folder === undefined || answer.report === undefined ? '' : join(folder, answer.report.name);
  const tell = (text: string): void => write(hide(text));
  // Nothing of what others wrote is a command to the runner.
  const said = lineEnded(answer.log) + lineEnded(stderr);
  const end = randomUUID();
  if (said !== '') tell(`::stop-commands::${end}\n${said}::${end}::\n`);
  tell(annotations(title, findings, failures));
  tell(`${visibleText(`${title}: ${headline}${isGreen ? '' : ` (exit code ${code}): ${reason(findings, failures)}`}`)}\n`);
  const markdown = [
    `## ${proseText(title)}: ${proseText(headline)}`,
    '',
    ...findingLines(findings, failures, diagnosticPages(variables)),
    ...(isGreen ? [] : reproduction(outcome)),
    ...answer.lines,
    ...(isGreen ? (code === 0 ? [] : reproduction(outcome)) : whatWasSaid(stderr)),
  ];
  const outputs = {
    ...{ 'exit-code': String(code), result, report, errors: String(errors), warnings: String(warnings) },
    ...{ changed: 'false', 'pull-requests': '[]', 'pull-request-urls': '' },
    ...Object.fromEntries(Object.entries(answer.outputs).map(([name, value]) => [name, hide(value)])),
  };
  // One that cannot be written is said, and does not keep the others from being written.
  const unwritten = [
    () => (report === '' ? undefined : writeFileSync(report, hide(answer.report?.text ?? ''))),
    () => writeSummary(variables.GITHUB_STEP_SUMMARY, hide(markdown.join('\n'))),
    () => writeOutputs(variables.GITHUB_OUTPUT, outputs),
  ].flatMap(faultOf);
  for (const fault of unwritten) tell(workflowCommand('error', { title }, `a file of the step cannot be written: ${visibleText(fault)}`));
  return isGreen ? (unwritten.length > 0 ? 3 : 0) : code;
}

function faultOf(write: () => void): readonly string[] {
  try {
    write();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** What is wrong in one line: the first error, and how many more there are. */
function reason(findings: readonly GithubFinding[], failures: readonly Failure[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const all = [...failures.map(({ message }) => message), ...errors.map(findingWords)];
  return `${all[0] ?? ''}${all.length > 1 ? `, and ${all.length - 1} more` : ''}`;
}

function findingWords({ code, name, message, at }: GithubFinding): string {
  const place = at === undefined ? '' : ` at ${'start' in at ? `${at.file}:${at.start.line}` : at.file}`;
  return `${code} ${name}${place}: ${message}`;
}

/** A failure that no line explains as one: what the exit code means, and the first thing that was said. */
function untold(result: string, code: number, stderr: string): Failure {
  const meaning = `${meanings[result] ?? result}${results[code] === undefined ? ` (exit code ${code})` : ''}`;
  const said = stderr.split('\n').find((line) => line.trim() !== '');
  return { message: said === undefined ? meaning : `${meaning}: ${said.trim()}`, hints: [] };
}

function reproduction({ reproduce }: StepOutcome): readonly string[] {
  if (reproduce === undefined) return [];
  return ['To see it on your machine:', '', ...fencedText('sh', [visibleText(commandLine(reproduce))]), ''];
}

/** Lines of stderr in the summary. */
const shownLines = 200;

/** Folded away, and nothing where its failures are all that there is. */
function whatWasSaid(stderr: string): readonly string[] {
  if (stderr.split('\n').every((line) => /^(error: | {2}|$)/.test(line))) return [];
  const lines = stderr.trimEnd().split('\n').map(visibleText);
  const more = lines.length - shownLines;
  return [
    '<details><summary>What the command said</summary>',
    '',
    ...fencedText('text', [...lines.slice(0, shownLines), ...(more > 0 ? [`and ${more} more lines, which the log has`] : [])]),
    '',
    '</details>',
    '',
  ];
}

function lineEnded(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
