import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { builtCli, cleanEnvironment } from '../cli/built-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = process.cwd();

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export const actionFile: ActionFile = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

export interface RanStep {
  readonly code: number | null;
  /** What people see: what the runner is to hide is hidden, and commands to it are not in it. */
  readonly log: string;
  /** Commands that the runner has obeyed, such as `error file=a.yaml,line=1::what is wrong`. */
  readonly commands: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/**
 * A step with `uses:` as GitHub's runner runs one of JavaScript (docs.github.com, "Metadata syntax" and "Workflow commands"): each input in
 * a variable of its own, its default where the step says nothing; files for outputs and summary; Node on `main`, in the workspace.
 */
export function runStep(
  workspace: string,
  inputs: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): RanStep {
  const unknown = Object.keys(inputs).filter((name) => actionFile.inputs[name] === undefined);
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  builtCli();
  const files = temporaryFolder();
  const [output, summary] = [join(files, 'output'), join(files, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const values = Object.entries(actionFile.inputs).map(([name, { default: value = '' }]) => [inputVariable(name), inputs[name] ?? value]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, actionFile.runs.main)], {
    cwd: workspace,
    encoding: 'utf8',
    env: {
      ...cleanEnvironment(),
      ...Object.fromEntries(values),
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: files },
      ...{ GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_SERVER_URL: 'https://github.com' },
      ...{ GITHUB_ACTION_REPOSITORY: 'bookinfo/mainsheet', GITHUB_ACTION_REF: 'v0.1.0' },
      ...variables,
    },
  });
  return {
    code: status,
    ...obeyed(stdout + stderr),
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  };
}

/**
 * A log as the runner reads it line by line: commands until `stop-commands`, and again from its word on (actions/runner, ActionCommandManager;
 * it trims lines, and takes the older `##[…]` anywhere in one).
 */
export function obeyed(text: string): Pick<RanStep, 'log' | 'commands'> {
  const commands: string[] = [];
  const masks: string[] = [];
  const shown: string[] = [];
  let stop: string | undefined;
  for (const line of text.split('\n')) {
    const [, command] = /^\s*::(.*)$/.exec(line) ?? /##\[(.*)\]/.exec(line) ?? [];
    if (stop !== undefined) {
      if (command === `${stop}::`) stop = undefined;
      else shown.push(line);
    } else if (command === undefined) shown.push(line);
    else {
      const [, name, value = ''] = /^([\w-]+)[^:]*::(.*)$/.exec(command) ?? [];
      if (name === 'stop-commands') stop = value;
      else if (name === 'add-mask') masks.push(value);
      else commands.push(command);
    }
  }
  const hide = (one: string) => masks.reduce((hidden, mask) => hidden.replaceAll(mask, '***'), one);
  return { log: hide(shown.join('\n')), commands: commands.map(hide) };
}

export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** As the runner reads the file: `name<<word`, lines, `word`; anything else fails the step. */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 1) {
    const [, name = '', end = ''] = /^([^<=]+)<<(.+)$/.exec(lines.shift() ?? '') ?? [];
    const length = lines.indexOf(end);
    if (name === '' || length < 0) throw new Error(`GITHUB_OUTPUT cannot be read:\n${text}`);
    outputs[name] = lines
      .splice(0, length + 1)
      .slice(0, -1)
      .join('\n');
  }
  return outputs;
}
