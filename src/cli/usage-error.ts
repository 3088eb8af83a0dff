import { type ExitCode, exitCode } from './exit-code.ts';

/** What ends a command early and is no finding in a file: told to the user in a sentence. */
export interface CommandRefusal extends Error {
  readonly name: 'CommandRefusal';
  readonly hints: readonly string[];
  readonly exitCode: ExitCode;
}

/** A command line that cannot be meant: exit 1. */
export function usageError(message: string, hints: readonly string[] = []): CommandRefusal {
  return Object.assign(new Error(message), { name: 'CommandRefusal' as const, hints, exitCode: exitCode.inputHasErrors });
}

/** What would be done is not safe unless it is asked for: exit 4. */
export function refusal(message: string, hints: readonly string[] = []): CommandRefusal {
  return Object.assign(new Error(message), { name: 'CommandRefusal' as const, hints, exitCode: exitCode.refusedForSafety });
}

export function isCommandRefusal(error: unknown): error is CommandRefusal {
  return error instanceof Error && error.name === 'CommandRefusal';
}
