import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '.bin', 'gitea');

export interface BuiltGitea {
  readonly program: string;
  /** Its templates and the like, which a build of the module alone leaves where they are. */
  readonly staticRoot: string;
}

export function hasGo(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/** Gitea as a tool of the Go module beside this file: ten minutes the first time, at the lowest priority; afterwards what is there. */
export function buildGitea(): BuiltGitea {
  const stamp = createHash('sha256')
    .update(readFileSync(join(import.meta.dirname, 'go.sum')))
    .digest('hex');
  const stampFile = `${program}.stamp`;
  if (!existsSync(program) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    mkdirSync(join(import.meta.dirname, '..', '.bin'), { recursive: true });
    go('build', '-buildvcs=false', '-tags', 'sqlite sqlite_unlock_notify', '-o', program, 'code.gitea.io/gitea');
    writeFileSync(stampFile, stamp);
  }
  return { program, staticRoot: go('list', '-m', '-f', '{{.Dir}}', 'code.gitea.io/gitea').trim() };
}

function go(...args: string[]): string {
  const { status, stdout } = spawnSync('nice', ['-n', '19', 'go', ...args], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`go ${args[0]} failed`);
  return stdout;
}
