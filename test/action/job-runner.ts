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
  readonly log: string;
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
      ...{ GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
      ...variables,
    },
  });
  return { code: status, log: stdout + stderr, outputs: readOutputs(readFileSync(output, 'utf8')), summary: readFileSync(summary, 'utf8') };
}

export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** As the runner reads the file: `name<<word`, lines, `word`; anything else fails the step. */
function readOutputs(text: string): Readonly<Record<string, string>> {
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
