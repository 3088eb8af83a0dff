import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GithubFinding } from '../report/diagnostics-github.ts';
import { type Failure, failuresIn, findingsIn } from './told-run.ts';

/** A run of the command, as far as it can be told without knowing what it answers. */
export interface RanCommand {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly findings: readonly GithubFinding[];
  readonly failures: readonly Failure[];
}

export interface CommandToRun {
  /** What Node runs, and its words. */
  readonly words: readonly string[];
  readonly workspace: string;
  readonly variables: NodeJS.ProcessEnv;
  /** Where it tells its findings. */
  readonly folder: string;
}

/** Bytes of an answer that are read; more is a failure. */
const answerLimit = 256 * 1024 * 1024;

/** Runs Node without a shell, and waits. What can't be started, or is stopped from outside, is a failure like any other. */
export function runCommand({ words, workspace, variables, folder }: CommandToRun): RanCommand {
  const record = join(folder, 'findings.jsonl');
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, words, {
    ...{ cwd: workspace, env: { ...variables, MAINSHEET_FINDINGS: record }, encoding: 'utf8', maxBuffer: answerLimit },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const findings = existsSync(record) ? findingsIn(readFileSync(record, 'utf8')).map(withCheckoutHint) : [];
  const told = { stdout: stdout ?? '', stderr: stderr ?? '', findings };
  if (error !== undefined)
    return { ...told, code: 3, failures: [{ message: `the command could not be run: ${error.message}`, hints: [] }] };
  if (status === null) return { ...told, code: 70, failures: [{ message: `the command was ended by ${signal ?? 'a signal'}`, hints: [] }] };
  return { ...told, code: status, failures: failuresIn(told.stderr) };
}

/** Of a commit that is not here, a job's checkout has mostly not fetched it. */
function withCheckoutHint(finding: GithubFinding): GithubFinding {
  return ['MS8044', 'MS8061'].includes(finding.code) ? { ...finding, hints: [...finding.hints, checkoutHint] } : finding;
}

const checkoutHint = 'actions/checkout fetches all branches and their history with `fetch-depth: 0`';
