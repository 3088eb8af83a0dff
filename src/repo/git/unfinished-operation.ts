import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { operationFinished } from './diagnostics.ts';
import type { GitRepository } from './repository.ts';

/** Why nothing may be made of the files of this work tree: a rebase, merge or the like is under way. */
export function unfinishedOperation({ operation }: Pick<GitRepository, 'operation'>): Diagnostic | undefined {
  return operation === undefined ? undefined : diagnose(operationFinished, { params: { operation } });
}
