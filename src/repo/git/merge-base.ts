import { type Result, success } from '../../model/result.ts';
import { type GitRepository, gitFailure } from './repository.ts';

/** The newest commit that both were built on; undefined where their histories have nothing in common. */
export async function mergeBase(repository: GitRepository, one: string, other: string): Promise<Result<string | undefined>> {
  if (one === other) return success(one);
  const answer = await repository.run(['merge-base', '--end-of-options', one, other]);
  const hash = answer.output.toString('latin1').split('\n')[0];
  if (answer.code === 0 && hash !== undefined && hash !== '') return success(hash);
  if (answer.code === 1) return success(undefined);
  return { value: undefined, diagnostics: [gitFailure('compare two commits', answer)] };
}
