import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the local forge asks of a repository on this disk. Nothing is written to it. */
export interface LocalRepository {
  /** The commit of a branch, or undefined. */
  readonly tip: (branch: string) => Promise<string | undefined>;
  /** Whether a commit is part of a branch's history; false for commits that are not there. */
  readonly isIn: (commit: string, branch: string) => Promise<boolean>;
  /** The commit of the branch's first-parent history that brought this one in, or undefined. */
  readonly broughtBy: (commit: string, branch: string) => Promise<string | undefined>;
}

/** Of a git directory, with nothing of the user's environment or configuration. Names become full references, so none is ever an option. */
export function openLocalRepository(gitDirectory: string, path: string): LocalRepository {
  const env = { PATH: path, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_OPTIONAL_LOCKS: '0' };
  const git = async (...args: string[]): Promise<string | undefined> => {
    try {
      const { stdout } = await run('git', [`--git-dir=${gitDirectory}`, ...args], { env, maxBuffer: 1 << 20 });
      return stdout.trim();
    } catch (error) {
      // Git says no by ending with 1 (no ancestor) or 128 (no such commit); anything else is a fault of the machine.
      if (error instanceof Error && 'code' in error && (error.code === 1 || error.code === 128)) return undefined;
      throw error;
    }
  };
  const refOf = (branch: string) => `refs/heads/${branch}`;
  return {
    tip: (branch) => git('rev-parse', '--verify', '--quiet', `${refOf(branch)}^{commit}`),
    isIn: async (commit, branch) => (await git('merge-base', '--is-ancestor', commit, refOf(branch))) !== undefined,
    broughtBy: async (commit, branch) => {
      const path = await git(
        'rev-list',
        '--first-parent',
        '--ancestry-path',
        '--reverse',
        '--max-count=10000',
        `${commit}..${refOf(branch)}`,
      );
      const first = path?.split('\n')[0];
      return first === undefined || first === '' ? commit : first;
    },
  };
}
