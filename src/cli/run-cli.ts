import { run } from '@stricli/core';
import { visibleText } from '../report/visible-text.ts';
import { application } from './application.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { explainFailure } from './explain-failure.ts';
import { usageError } from './usage-error.ts';

const leadingFlags = ['--help', '-h', '--help-all', '--helpAll', '--version', '-v'];

/** Runs one command line. Never throws: whatever happens becomes a message and an exit code. */
export async function runCli(context: CliContext): Promise<ExitCode> {
  const argv = context.commandLine;
  try {
    if (argv[0] === 'complete') return await (await import('./commands/complete.ts')).complete(context, argv.slice(1));
    const [first] = argv;
    if (first?.startsWith('-') === true && !leadingFlags.includes(first)) {
      context.process.stderr.write(`error: \`${visibleText(first)}\` is not a flag of mainsheet itself\n`);
      context.process.stderr.write('A command comes first, its flags follow. `mainsheet --help` lists the commands.\n');
      return exitCode.inputHasErrors;
    }
    const empty = argv.find((word) => /^--[a-z][A-Za-z-]*=$/.test(word));
    if (empty !== undefined) throw usageError(`\`${empty}\` has nothing behind it`, [`\`${empty.slice(0, -1)} VALUE\`, or leave it out`]);
    await run(application(context.version), withDividedFlags(argv), context);
    return shownExitCode(context.process.exitCode);
  } catch (error) {
    return explainFailure(error, context);
  }
}

/** As curl's users write them: -XPOST and -H'end-user: jason' in one word. */
function withDividedFlags(argv: readonly string[]): readonly string[] {
  if (argv[0] !== 'trace') return argv;
  return argv.flatMap((word) => (/^-[XH]./s.test(word) ? [word.slice(0, 2), word.slice(2)] : [word]));
}

/** The argument parser's own codes are negative: a command line that it could not read, or a fault while it ran. */
function shownExitCode(code: number | null | undefined): ExitCode {
  const known = Object.values(exitCode).find((candidate) => candidate === code);
  if (known !== undefined) return known;
  const isUnreadable = code === parserCode.unknownCommand || code === parserCode.invalidArgument;
  return isUnreadable ? exitCode.inputHasErrors : exitCode.ownFault;
}

/** `ExitCode` of @stricli/core. */
const parserCode = { unknownCommand: -5, invalidArgument: -4 } as const;
