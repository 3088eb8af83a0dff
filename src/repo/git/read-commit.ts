import type { Commit } from '../../model/commit.ts';
import { type Result, success } from '../../model/result.ts';
import { commitsIn, readLog } from './read-log.ts';
import { type GitRepository, outputOf } from './repository.ts';

/** What a commit says of itself: also of one where a shallow clone ends. Undefined where it is not there. */
export async function readCommit(repository: GitRepository, hash: string): Promise<Result<Commit | undefined>> {
  const output = outputOf('read the commit', await readLog(repository, ['--no-patch', '--max-count=1'], [hash], []));
  return output.value === undefined ? output : success(commitsIn(output.value.toString('utf8'))[0]);
}
