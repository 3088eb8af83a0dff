import type { Commit } from '../../model/commit.ts';
import { type Result, success } from '../../model/result.ts';
import { commitsIn, readLog } from './read-log.ts';
import { type GitRepository, outputOf } from './repository.ts';

/** What a branch was, one step after the other, newest first: its first parents, without what they changed. As far as the clone has them. */
export async function firstParents(repository: GitRepository, tip: string, most = 100_000): Promise<Result<readonly Commit[]>> {
  const output = outputOf('read the history', await readLog(repository, ['--first-parent', `--max-count=${most}`], [tip], []));
  if (output.value === undefined) return output;
  return success(commitsIn(output.value.toString('utf8')).map(({ changes: _, ...commit }) => commit));
}
