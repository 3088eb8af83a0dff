import { type ActionCommand, actionCommands } from './action-commands.ts';

/** What a step of a workflow says, read and held against what its command takes. */
export interface ActionInputs {
  readonly command: ActionCommand;
  /** The folder of mainsheet.yaml, or of environments/, as seen from the workspace. */
  readonly root: string;
  /** The command and its flags, but for the form of the answer. */
  readonly words: readonly string[];
  /** What stands behind them, as it was written. */
  readonly extra: readonly string[];
  /** Only for commands that ask the forge. */
  readonly token?: string;
  /** An exact version, or `installed`; the action's own where not given. */
  readonly version?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The inputs, or a sentence that says what is wrong with them. */
export type ReadInputs = { readonly inputs: ActionInputs } | { readonly fault: string };

/**
 * Reads inputs as GitHub passes them: `INPUT_` and the name in capitals, hyphens kept (docs.github.com, "Metadata syntax", `inputs`).
 * A value is only ever one word of the command line or several by its lines: never words of a shell.
 */
export function readInputs(variables: Variables): ReadInputs {
  const input = (name: string) => (variables[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const name = linesOf(input('command')).join(' ').replace(/ +/g, ' ');
  const command = actionCommands.get(name);
  if (command === undefined) return { fault: `\`command\` is one of ${[...actionCommands.keys()].join(', ')}; it says \`${name}\`` };
  const version = input('version');
  if (version !== '' && version !== 'installed' && !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
    return { fault: `\`version\` is an exact version, such as 0.1.0, or \`installed\`; it says \`${version}\`` };
  const environments = input('environment')
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const base = input('base') === '' ? pullRequestBase(name, variables) : input('base');
  const given = { environment: environments, base: base === '' ? [] : [base] };
  const refused = (['environment', 'base'] as const).find((one) => given[one].length > 0 && !command.takes.includes(one));
  if (refused !== undefined) return { fault: `\`${name}\` takes no \`${refused}\`` };
  const root = input('working-directory') === '' ? '.' : input('working-directory');
  const token = command.asksForge ? input('token') : '';
  const words = [
    ...command.words,
    ...command.flags,
    `--root=${root}`,
    ...environments.map((one) => `--env=${one}`),
    ...given.base.map((one) => `--base=${one}`),
  ];
  const extra = linesOf(variables.INPUT_ARGUMENTS ?? '');
  return { inputs: { command, root, words, extra, ...(token === '' ? {} : { token }), ...(version === '' ? {} : { version }) } };
}

/** For a pull request, `diff` compares with the branch that it is to be merged into. */
function pullRequestBase(command: string, { GITHUB_BASE_REF: base = '' }: Variables): string {
  return command === 'diff' ? base : '';
}

/** Lines that say something, without what Windows ends them with. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '');
}
