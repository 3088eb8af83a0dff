import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { showPath } from '../model/path-rules.ts';
import { readFailed, writeFailed } from './diagnostics.ts';

/** What is being done to the disk right now: kept up to date while working, so that one place can say where it failed. */
export interface DiskTask {
  action: 'read' | 'write' | 'remove';
  /** As people know it: below the root, never a path of this machine. */
  path: string;
}

interface SystemError extends Error {
  readonly code: string;
  readonly errno: number;
}

function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error && 'code' in error && 'errno' in error)) return false;
  return typeof error.code === 'string' && typeof error.errno === 'number';
}

/** 'ENOENT' and the like of what a call to the operating system threw; undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  return isSystemError(error) ? error.code : undefined;
}

/** Node has neither name nor words for these, though a disk may well answer them. */
const unknownToNode = new Map([
  [constants.errno.EDQUOT, { errno: 'EDQUOT', reason: 'disk quota exceeded' }],
  [constants.errno.ESTALE, { errno: 'ESTALE', reason: 'stale file handle' }],
]);

/** The failure of the operating system as a finding that names path and errno. What is no such failure is a bug, and thrown on. */
export function diskFailure(error: unknown, { action, path }: DiskTask): Diagnostic {
  if (!isSystemError(error)) throw error;
  const words = getSystemErrorMap().get(error.errno)?.[1] ?? 'unknown reason';
  const failure = unknownToNode.get(-error.errno) ?? { errno: error.code, reason: words };
  return diagnose(action === 'read' ? readFailed : writeFailed, { params: { action, path: showPath(path), ...failure } });
}
