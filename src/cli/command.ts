import { type BaseArgs, type BaseFlags, buildCommand, type Command, type TypedCommandParameters } from '@stricli/core';
import type { CliContext } from './cli-context.ts';
import type { ExitCode } from './exit-code.ts';
import { explainFailure } from './explain-failure.ts';

/** A line to type, and what it does. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

/** What there is to know of a command before it runs: its help, and the types of what it is given. */
export interface CommandArguments<FLAGS extends BaseFlags, ARGS extends BaseArgs> {
  /** One line, for the list of commands. */
  readonly brief: string;
  /** A paragraph: what it reads, what it writes, what its exit codes mean. */
  readonly about: string;
  readonly examples: readonly Example[];
  readonly parameters: TypedCommandParameters<FLAGS, ARGS, CliContext>;
}

export type CommandFunction<FLAGS extends BaseFlags, ARGS extends BaseArgs> = (
  context: CliContext,
  flags: FLAGS,
  ...args: ARGS
) => Promise<ExitCode>;

/** A command whose code is loaded when it is first run, and whose errors all become a message and an exit code. */
export function command<FLAGS extends BaseFlags, ARGS extends BaseArgs>(
  described: CommandArguments<FLAGS, ARGS>,
  load: () => Promise<CommandFunction<FLAGS, ARGS>>,
): Command<CliContext> {
  const { brief, about, examples, parameters } = described;
  const execute = async function (this: CliContext, flags: FLAGS, ...args: ARGS): Promise<void> {
    try {
      const loaded = await load();
      this.process.exitCode = await loaded(this, withFormat(flags), ...args);
    } catch (error) {
      this.process.exitCode = explainFailure(error, this);
    }
  };
  return buildCommand<FLAGS, ARGS, CliContext>({
    loader: async () => execute,
    parameters: { ...parameters, flags: withoutInherited(parameters.flags ?? {}) },
    docs: { brief, fullDescription: `${about}\n\nEXAMPLES\n${examples.map(exampleText).join('\n')}` },
  });
}

/** `--json` is short for `--format json`. */
function withFormat<FLAGS extends BaseFlags>(flags: FLAGS): FLAGS {
  return 'json' in flags && flags.json === true ? { ...flags, format: 'json' } : flags;
}

/** The parser looks names up with `[]`: in a plain object it would find `--constructor`. */
export function withoutInherited<T extends object>(members: T): T {
  return Object.assign(Object.create(null), members);
}

function exampleText({ line, does }: Example): string {
  return `  ${line}\n      ${does}`;
}
