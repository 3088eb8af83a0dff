import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { isCommandRefusal } from './usage-error.ts';

/** Says what a thrown error means for the user, and which exit code that is. A stack trace is shown only when asked for. */
export function explainFailure(error: unknown, context: CliContext): ExitCode {
  const write = (line: string): void => context.process.stderr.write(`${line}\n`);
  if (context.variables.MAINSHEET_DEBUG === '1' && error instanceof Error) write(error.stack ?? error.message);
  if (isCommandRefusal(error)) {
    write(`error: ${visibleText(error.message)}`);
    for (const hint of error.hints) write(`  help: ${visibleText(hint)}`);
    return error.exitCode;
  }
  if (isSystemError(error)) {
    write(`error: the system refused: ${visibleText(shortened(error.message))}`);
    write('Nothing is wrong with your intents; run again when that is mended.');
    return exitCode.environmentFailed;
  }
  const command = context.commandLine.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
  write('error: this is a bug in Mainsheet, not in your files');
  write(`  what:    ${visibleText(shortened(error instanceof Error ? `${error.name}: ${error.message}` : String(error)))}`);
  write(`  version: mainsheet ${context.version}, ${context.runtime}`);
  write(`  command: mainsheet ${visibleText(command)}`);
  write('Please report these lines, and if you can the smallest intent that shows it.');
  write('`MAINSHEET_DEBUG=1` in the environment adds where in the code it happened.');
  return exitCode.ownFault;
}

/** An error of an operating system call, as Node throws them: it has the call's name and an error number. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** A message may quote; nobody needs a page of it. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
