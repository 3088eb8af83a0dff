import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { actionCommands } from './action-commands.ts';
import { concludeStep, type StepOutcome } from './conclude-step.ts';
import { findCommand } from './find-command.ts';
import { hidingTokens } from './hidden-values.ts';
import { type ActionInputs, commandName, readInputs, type Variables } from './read-inputs.ts';
import { resolveRoot } from './resolve-root.ts';
import { runCommand } from './run-command.ts';
import { forms, tellAnswer } from './tell-answer.ts';
import { nothingTold } from './told-answer.ts';

export interface ActionSurroundings {
  readonly variables: Variables;
  readonly write: (text: string) => void;
  /** The command that lies beside the action. */
  readonly ownCommand: string;
}

/** Runs one step; its result is the step's exit code. However it goes, its outputs are set, and its summary says what was. */
export function runAction({ variables, write, ownCommand }: ActionSurroundings): number {
  const hide = hidingTokens(variables);
  return concludeStep(outcomeOf({ variables, write: (text) => write(hide(text)), ownCommand }, write), variables, write, hide);
}

/** What became of the step. `say` hides nothing: the runner is told by it what to hide. */
function outcomeOf(surroundings: ActionSurroundings, say: ActionSurroundings['write']): StepOutcome {
  const { variables } = surroundings;
  const name = commandName(variables);
  const title = actionCommands.has(name) ? `mainsheet ${name}` : 'mainsheet';
  const failed = (code: number, message: string): StepOutcome => {
    return { title, code, findings: [], failures: [{ message, hints: [] }], answer: nothingTold, stderr: '' };
  };
  const read = readInputs(variables);
  if ('fault' in read) return failed(1, read.fault);
  const { inputs } = read;
  if (inputs.token !== undefined) say(`::add-mask::${inputs.token.replaceAll('%', '%25')}\n`);
  const workspace = resolve(variables.GITHUB_WORKSPACE || '.');
  const resolved = resolveRoot(workspace, inputs.root);
  if ('fault' in resolved) return failed(1, resolved.fault);
  try {
    return commandOutcome(surroundings, inputs, workspace, resolved.root, failed);
  } catch (error) {
    return failed(3, `the step could not work on its runner: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function commandOutcome(
  { variables, ownCommand }: ActionSurroundings,
  inputs: ActionInputs,
  workspace: string,
  root: string,
  failed: (code: number, message: string) => StepOutcome,
): StepOutcome {
  const { command, version, token, words, extra } = inputs;
  const temporary = variables.RUNNER_TEMP || tmpdir();
  const known = knownVariables(variables);
  const found = findCommand({ version, own: ownCommand, workspace, root, temporary, variables: known });
  if ('fault' in found) return failed(found.code, found.fault);
  const folder = mkdtempSync(join(temporary, 'mainsheet-'));
  const flags = command.difference === 'answer' ? ['--exit-code'] : [];
  const ran = runCommand({
    words: [found.file, ...words, ...flags, `--root=${root}`, ...forms[command.telling], ...extra],
    workspace,
    folder,
    variables: { ...known, ...(token === undefined ? {} : { MAINSHEET_TOKEN: token }) },
  });
  const isDry = command.takes.includes('dry-run') && [...words, ...extra].some((word) => word === '--dry-run' || word === '-n');
  const answer = tellAnswer(command, ran, isDry);
  const typed = [...words, ...(root === '.' ? [] : [`--root=${root}`]), ...extra];
  return {
    title: `mainsheet ${command.name}`,
    ...{ code: ran.code, findings: ran.findings, failures: [...ran.failures, ...answer.failures], answer, stderr: ran.stderr, folder },
    ...(command.difference === undefined ? {} : { difference: command.difference }),
    // What proposes is repeated by people without proposing anything.
    reproduce: ['mainsheet', ...typed, ...(command.takes.includes('dry-run') && !isDry ? ['--dry-run'] : [])],
  };
}

/**
 * What the command may know: not the inputs, a token among them, nor the files and tokens by which a step speaks to its runner. Those are
 * the action's.
 */
function knownVariables(variables: Variables): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !/^(INPUT_|ACTIONS_|GITHUB_(ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$)/.test(name)),
  );
}
