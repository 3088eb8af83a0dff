import type { Commit } from '../../model/commit.ts';
import { type Result, success } from '../../model/result.ts';
import type { ReadTrailers } from '../../pipelines/propose/propose.ts';
import { treeOf } from '../../repo/git/branch-commits.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import { listTree } from '../../repo/git/tree-entries.ts';

/**
 * Whether a commit has the files that it was made with. On another parent (it was rebased, or squashed) those count that others have not touched
 * meanwhile, as far as its first files are still in the repository.
 */
export async function judgeFiles(
  repository: GitRepository,
  { hash, parents }: Commit,
  { trailer, tree }: ReadTrailers,
): Promise<Result<readonly string[]>> {
  const own = await treeOf(repository, hash);
  if (own.value === undefined) return own;
  if (own.value === tree) return success([]);
  const fault = `its files are tree ${own.value}, and it was made with ${tree}`;
  const [parent] = parents;
  if (parent === undefined || parent === trailer.base) return success([fault]);
  const listed = await Promise.all([trailer.base, parent, tree, hash].map(async (one) => await listTree(repository, one, [])));
  const [base, there, made, here] = listed.map(({ value }) => value && new Map(value.map(({ path, hash: blob }) => [path, blob])));
  if (base === undefined || there === undefined || made === undefined || here === undefined) return success([]);
  const paths = [...new Set([...made.keys(), ...here.keys()])];
  const other = paths.find((path) => base.get(path) === there.get(path) && made.get(path) !== here.get(path));
  return success(other === undefined ? [] : [`${other} is not what it was made with`]);
}
