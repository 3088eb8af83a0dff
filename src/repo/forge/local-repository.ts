import { type GitAnswer, runGit } from '../git/run-git.ts';
import { localVariables, type Variables } from '../git/variables.ts';
import { forgeFault } from './forge-fault.ts';

/** What the local forge asks of a git directory on this disk. Nothing is written to it. */
export interface LocalRepository {
  /** The commit of a branch, or undefined. */
  readonly tip: (branch: string) => Promise<string | undefined>;
  /** Whether a commit is part of a branch's history; false for commits that are not there. */
  readonly isIn: (commit: string, branch: string) => Promise<boolean>;
  /** The commit of the branch's first-parent history that brought this one in. */
  readonly broughtBy: (commit: string, branch: string) => Promise<string>;
}

/** Names become full references, and so are never options. */
export function openLocalRepository(gitDirectory: string, caller: Variables): LocalRepository {
  const variables = localVariables(caller);
  /** Undefined where git says no: 1 for "is no ancestor", 128 for "there is no such commit". */
  const git = async (...words: string[]): Promise<string | undefined> => {
    const answer = await runGit({ folder: gitDirectory, words: ['--git-dir=.', ...words], variables });
    if (answer.code === 0) return answer.output.toString('latin1').trim();
    if (answer.code === 1 || (answer.code === 128 && isUnknownCommit(answer))) return undefined;
    throw forgeFault('unavailable', `git cannot read ${gitDirectory}: ${answer.failure ?? answer.errors}`);
  };
  const refOf = (branch: string) => `refs/heads/${branch}`;
  return {
    tip: (branch) => git('rev-parse', '--verify', '--quiet', `${refOf(branch)}^{commit}`),
    isIn: async (commit, branch) => (await git('merge-base', '--is-ancestor', commit, refOf(branch))) !== undefined,
    broughtBy: async (commit, branch) => {
      const way = await git('rev-list', '--first-parent', '--ancestry-path', '--reverse', `${commit}..${refOf(branch)}`);
      return way?.split('\n')[0] || commit;
    },
  };
}

function isUnknownCommit({ errors }: GitAnswer): boolean {
  return /not a valid (commit|object) name|bad object|unknown revision/i.test(errors);
}
