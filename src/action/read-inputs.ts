import { type ActionCommand, actionCommands, type CommandInput } from './action-commands.ts';

/** What a step of a workflow says, read and held against what its command takes. */
export interface ActionInputs {
  readonly command: ActionCommand;
  /** The folder of mainsheet.yaml, or of environments/, as it is written. */
  readonly root: string;
  /** The command and its flags, but for the folder and the form of the answer. */
  readonly words: readonly string[];
  /** What stands behind them, as it was written. */
  readonly extra: readonly string[];
  /** Only for commands that ask the forge. */
  readonly token?: string;
  /** An exact version, or `installed`; the action's own where not given. */
  readonly version?: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** The inputs, or a sentence that says what is wrong with them. */
export type ReadInputs = { readonly inputs: ActionInputs } | { readonly fault: string };

/**
 * Reads inputs as GitHub passes them: `INPUT_` and the name in capitals, hyphens kept (docs.github.com, "Metadata syntax", `inputs`).
 * A value is only ever one word of the command line or several by its lines: never words of a shell.
 */
export function readInputs(variables: Variables): ReadInputs {
  const input = (name: string) => (variables[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const command = actionCommands.get(commandName(variables));
  if (command === undefined)
    return { fault: `\`command\` is one of ${[...actionCommands.keys()].join(', ')}; it says \`${commandName(variables)}\`` };
  const version = input('version');
  const token = input('token');
  const extra = linesOf(variables.INPUT_ARGUMENTS ?? '');
  const given: Given = {
    environment: input('environment')
      .split(/[\n,]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    base: input('base') || pullRequestBase(command, variables),
    rollout: input('rollout'),
    rerender: input('rerender'),
    'dry-run': input('dry-run'),
  };
  const fault = versionFault(version) ?? tokenFault(token) ?? givenFault(command, given);
  if (fault !== undefined) return { fault };
  return {
    inputs: {
      ...{ command, root: input('working-directory') || '.', words: wordsOf(command, given, extra), extra },
      ...(token === '' || !command.asksForge ? {} : { token }),
      ...(version === '' ? {} : { version }),
    },
  };
}

/** Also where no such command is, so that a summary has a title. */
export function commandName(variables: Variables): string {
  return linesOf(variables.INPUT_COMMAND ?? '')
    .join(' ')
    .trim()
    .replace(/ +/g, ' ');
}

type Given = Readonly<Record<Exclude<CommandInput, 'environment'>, string>> & { readonly environment: readonly string[] };

function wordsOf({ words, rollout }: ActionCommand, given: Given, extra: readonly string[]): readonly string[] {
  const all = rollout === 'all' && given.rollout === '' && !extra.includes('--all');
  return [
    ...words,
    ...(given.rollout === '' ? [] : [given.rollout]),
    ...(all ? ['--all'] : []),
    ...given.environment.map((one) => `--env=${one}`),
    ...(given.base === '' ? [] : [`--base=${given.base}`]),
    ...(isTrue(given.rerender) ? ['--rerender'] : []),
    ...(isTrue(given['dry-run']) ? ['--dry-run'] : []),
  ];
}

function versionFault(version: string): string | undefined {
  if (version === '' || version === 'installed' || /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) return undefined;
  return `\`version\` is an exact version, such as 0.1.0, or \`installed\`; it says \`${version}\``;
}

/** Its text is never quoted. */
function tokenFault(token: string): string | undefined {
  return /\s/.test(token) ? '`token` has a space or a line end in it, which no token has' : undefined;
}

function givenFault({ name, takes, rollout }: ActionCommand, given: Given): string | undefined {
  for (const one of ['rerender', 'dry-run'] as const)
    if (!/^(true|false|)$/i.test(given[one])) return `\`${one}\` is true or false; it says \`${given[one]}\``;
  const isSaid: Readonly<Record<CommandInput, boolean>> = {
    ...{ environment: given.environment.length > 0, base: given.base !== '', rollout: given.rollout !== '' },
    ...{ rerender: isTrue(given.rerender), 'dry-run': isTrue(given['dry-run']) },
  };
  const refused = (['environment', 'base', 'rollout', 'rerender', 'dry-run'] as const).find((one) => isSaid[one] && !takes.includes(one));
  if (refused !== undefined) return `\`${name}\` takes no \`${refused}\``;
  if (rollout === 'needed' && given.rollout === '') return `\`${name}\` needs \`rollout\`: the service or train that goes back`;
  if (/^-|\n/.test(given.rollout)) return `\`rollout\` names a service or a train; it says \`${given.rollout}\``;
  return undefined;
}

/** As YAML 1.2 writes it. */
function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true';
}

/** For a pull request, `diff` compares with the branch that it is to be merged into. */
function pullRequestBase({ name }: ActionCommand, { GITHUB_BASE_REF: base = '' }: Variables): string {
  return name === 'diff' ? base : '';
}

/** Lines that say something, without what Windows ends them with. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '');
}
