import { type Diagnostic, isError } from './diagnostic.ts';

/**
 * What a stage returns. Faults of the user are diagnostics; only our own bugs throw.
 * `value` is undefined exactly when there is at least one error.
 */
export type Result<T> =
  | { readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value: undefined; readonly diagnostics: readonly Diagnostic[] };

/** A bug of Mainsheet's own: exit 70, never a user's fault. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The value with its findings, or no value when one of them is an error. */
export function result<T>(value: T, diagnostics: readonly Diagnostic[]): Result<T> {
  return diagnostics.some(isError) ? { value: undefined, diagnostics } : { value, diagnostics };
}

export function success<T>(value: T): Result<T> {
  return { value, diagnostics: [] };
}
