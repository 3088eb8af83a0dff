import { runGit } from '../git/run-git.ts';
import { localVariables } from '../git/variables.ts';
import { forgeFault } from './forge-fault.ts';

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
  const variables = localVariables({ PATH: path });
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { code, output } = await runGit({ folder: gitDirectory, words: [`--git-dir=${gitDirectory}`, ...args], variables });
    if (code === 0) return output.toString('utf8').trim();
    // Git says no by ending with 1 (no ancestor) or 128 (no such commit); anything else is a fault of the machine.
    if (code === 1 || code === 128) return undefined;
    throw forgeFault('unavailable', 'git cannot be run in the repository');
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
