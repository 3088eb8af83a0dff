import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import type { WriteOptions } from '../../src/repo/plan-writes.ts';

export interface Assignment {
  readonly root: string;
  /** What to write to rendered/prod; without it, everything below the root is read instead. */
  readonly desired?: { readonly [path: string]: string };
  readonly options?: WriteOptions;
  readonly umask?: number;
  /** As a user who owns nothing and may override nothing. */
  readonly unprivileged?: boolean;
  /** Dies by SIGKILL at this change to the disk, from 1; half-way through, if it writes. */
  readonly killAt?: number;
}

export interface Report {
  readonly done: boolean;
  readonly findings: readonly string[];
  /** How often the disk was changed. */
  readonly changes: number;
}

/** For a whole test file: runs assignments in processes of their own. The answer is undefined where the process was killed. */
export function children(): (assignment: Assignment, command?: readonly string[]) => Report | undefined {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mainsheet-child-'));
    const entry = join(import.meta.dirname, 'write-child.ts');
    buildSync({
      entryPoints: [entry],
      outfile: join(folder, 'child.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (assignment, command = []) => {
    const [program = '', ...args] = [...command, process.execPath, join(folder, 'child.mjs')];
    const child = spawnSync(program, args, { input: JSON.stringify(assignment), encoding: 'utf8', env: {} });
    if (child.signal === 'SIGKILL') return undefined;
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout);
  };
}
