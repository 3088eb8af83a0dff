import { type Diagnostic, isError } from '../model/diagnostic.ts';
import { exitClassOf } from '../repo/exit-class.ts';

/** What a run says to scripts. */
export const exitCode = {
  done: 0,
  inputHasErrors: 1,
  differencesFound: 2,
  /** The machine, the disk or a remote failed: safe to run again. */
  environmentFailed: 3,
  refusedForSafety: 4,
  /** sysexits.h EX_SOFTWARE: a fault of Mainsheet's own. */
  ownFault: 70,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** A refusal outranks a failure, because running again would not help; a failure outranks errors, because they may be its effect. */
const ranking = ['refused', 'environment', 'input'] as const;

const codeOfClass = {
  refused: exitCode.refusedForSafety,
  environment: exitCode.environmentFailed,
  input: exitCode.inputHasErrors,
} as const;

/** The code for a run with these findings; warnings alone are no failure. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const classes = new Set(diagnostics.filter(isError).map((diagnostic) => exitClassOf(diagnostic.code)));
  const worst = ranking.find((candidate) => classes.has(candidate));
  return worst === undefined ? exitCode.done : codeOfClass[worst];
}
