import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { historyAvailable } from './diagnostics.ts';
import type { GitAnswer } from './run-git.ts';

/** Whether git stopped at an object that a partial clone (`--filter`) left on the remote. */
export function isNotFetched({ code, errors }: GitAnswer): boolean {
  return code !== 0 && /promisor|lazy fetch/.test(errors);
}

/** Says that a partial clone does not hold something, with the lines that bring it. */
export function notFetched(what: string): Diagnostic {
  const hints = ['clone without `--filter`, or fetch everything: `git fetch --refetch --no-filter`'];
  return diagnose(historyAvailable, { params: { what }, hints });
}
