import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Json } from '../model/json.ts';
import { fencedText, proseText } from '../report/markdown-text.ts';
import { workflowCommand } from '../report/workflow-command.ts';
import type { Telling } from './action-commands.ts';
import { findCommand } from './find-command.ts';
import { writeOutputs, writeSummary } from './job-files.ts';
import { readInputs } from './read-inputs.ts';
import { tellFindings } from './tell-findings.ts';
import { tellProposals } from './tell-proposals.ts';

export interface ActionSurroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  /** The command that lies beside the action. */
  readonly ownCommand: string;
}

type Outputs = Readonly<Record<string, string>>;

/** What a command answered, told: where its report is, what goes to the summary, and what later steps may ask. */
interface Told {
  readonly code: number;
  readonly report: string;
  readonly markdown: string;
  readonly outputs: Outputs;
}

const results: Readonly<Record<number, string>> = { 0: 'done', 1: 'invalid', 2: 'different', 3: 'failed', 4: 'refused', 70: 'fault' };

/** Bytes of an answer that are read; more is a failure. */
const answerLimit = 256 * 1024 * 1024;

/** Runs one step; its result is the step's exit code. Inputs that cannot be meant are exit code 1, as for the command itself. */
export function runAction({ variables, write, ownCommand }: ActionSurroundings): number {
  const fail = (message: string): number => {
    write(workflowCommand('error', { title: 'Mainsheet' }, message));
    return 1;
  };
  const read = readInputs(variables);
  if ('fault' in read) return fail(read.fault);
  const { inputs } = read;
  const workspace = resolve(variables.GITHUB_WORKSPACE ?? '.');
  const temporary = variables.RUNNER_TEMP ?? tmpdir();
  const known = withoutInputs(variables);
  const found = findCommand({ version: inputs.version, own: ownCommand, workspace, root: inputs.root, temporary, variables: known });
  if ('fault' in found) return fail(found.fault);
  const folder = mkdtempSync(join(temporary, 'mainsheet-'));
  const ask = (...form: readonly string[]): Answer => {
    const words = [found.file, ...inputs.words, ...form, ...inputs.extra];
    const { code, stdout, failure } = runNode(words, workspace, {
      ...known,
      ...(inputs.token === undefined ? {} : { MAINSHEET_TOKEN: inputs.token }),
    });
    if (failure !== undefined) fail(`the command could not be run: ${failure}`);
    return { code, stdout };
  };
  const title = `mainsheet ${inputs.command.words.join(' ')}`;
  const told = tellings[inputs.command.telling]({ ask, write, folder, title, compares: inputs.command.difference !== undefined });
  writeSummary(variables.GITHUB_STEP_SUMMARY, told.markdown, told.report);
  writeOutputs(variables.GITHUB_OUTPUT, {
    'exit-code': String(told.code),
    result: results[told.code] ?? 'fault',
    report: told.report,
    ...told.outputs,
  });
  return told.code === 2 && inputs.command.difference === 'answer' ? 0 : told.code;
}

interface Answer {
  readonly code: number;
  readonly stdout: string;
}

interface Teller {
  readonly ask: (...form: readonly string[]) => Answer;
  readonly write: (text: string) => void;
  /** Where the report goes. */
  readonly folder: string;
  readonly title: string;
  /** Whether its exit code says whether something differs. */
  readonly compares: boolean;
}

const tellings: Readonly<Record<Telling, (teller: Teller) => Told>> = {
  findings: ({ ask, write, folder, title }) => {
    const { code, stdout } = ask('--format=sarif');
    const sarif = parsed(stdout);
    if (sarif === undefined) return untold(title, code);
    write(ask('--format=github').stdout);
    const { errors, warnings, markdown } = tellFindings(title, sarif);
    const report = kept(folder, 'mainsheet.sarif', stdout);
    return { code, report, markdown, outputs: { errors: String(errors), warnings: String(warnings) } };
  },
  markdown: ({ ask, write, folder, title, compares }) => {
    const { code, stdout } = ask('--format=markdown');
    write(stdout);
    return {
      ...untold(title, code),
      ...(stdout === '' ? {} : { markdown: stdout }),
      report: kept(folder, 'mainsheet.md', stdout),
      outputs: changedBy(code, compares),
    };
  },
  proposals: ({ ask, write, folder, title }) => {
    const { code, stdout } = ask('--format=json');
    const answer = parsed(stdout);
    if (answer === undefined) return untold(title, code);
    const { isChanged, urls, json, markdown, text } = tellProposals(title, answer);
    write(text);
    const outputs = { changed: String(isChanged), 'pull-requests': json, 'pull-request-urls': urls.join('\n') };
    return { code, report: kept(folder, 'mainsheet.json', stdout), markdown, outputs };
  },
  text: ({ ask, write, folder, title, compares }) => {
    const { code, stdout } = ask();
    write(stdout);
    const { markdown } = untold(title, code);
    const shown = stdout === '' ? markdown : [markdown, ...fencedText('text', stdout.trimEnd().split('\n')), ''].join('\n');
    return { code, report: kept(folder, 'mainsheet.txt', stdout), markdown: shown, outputs: changedBy(code, compares) };
  },
};

/** What there is to tell of a run that answered nothing: the log has its messages. */
function untold(title: string, code: number): Told {
  return { code, report: '', markdown: `### ${proseText(title)}: ${results[code] ?? `exit code ${code}`}\n`, outputs: {} };
}

function changedBy(code: number, compares: boolean): Outputs {
  return compares && (code === 0 || code === 2) ? { changed: String(code === 2) } : {};
}

function kept(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Inputs of the step, a token among them, are none of the business of what it runs. */
function withoutInputs(variables: ActionSurroundings['variables']): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('INPUT_')));
}

/** Runs Node without a shell. What the command says on stderr goes to the log as it comes. */
function runNode(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Answer & { readonly failure?: string } {
  const { status, stdout, error } = spawnSync(process.execPath, words, {
    ...{ cwd, env, encoding: 'utf8', maxBuffer: answerLimit },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return error === undefined ? { code: status ?? 70, stdout } : { code: 3, stdout: '', failure: error.message };
}
