/** A command line that cannot be meant: told to the user in a sentence, exit 1. */
export interface UsageError extends Error {
  readonly name: 'UsageError';
  readonly hints: readonly string[];
}

export function usageError(message: string, hints: readonly string[] = []): UsageError {
  return Object.assign(new Error(message), { name: 'UsageError' as const, hints });
}

export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}
