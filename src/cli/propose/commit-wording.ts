import type { PullRequestDraft } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import { commitMessage } from '../../pipelines/propose/propose.ts';
import { readCommit, readMessage, treeOf } from '../../repo/git/branch-commits.ts';
import { type CommitRequest, wholeMessage } from '../../repo/git/create-commit.ts';
import type { GitRepository } from '../../repo/git/repository.ts';

/** Whether a commit of ours has the words and the author that flags ask for; its content is the same. */
export async function isWordedSo(
  repository: GitRepository,
  hash: string,
  { title, commitText, trailer }: PullRequestDraft,
  { identities, signOff = false }: Pick<CommitRequest, 'identities' | 'signOff'>,
): Promise<Result<boolean>> {
  const tree = await treeOf(repository, hash);
  if (tree.value === undefined) return tree;
  const commit = await readCommit(repository, hash);
  if (commit.value === undefined) return { value: undefined, diagnostics: commit.diagnostics };
  const there = await readMessage(repository, hash);
  if (there.value === undefined) return there;
  const message = commitMessage(title, commitText, trailer, tree.value);
  const { name, email } = commit.value.author;
  const isTheirs = name === identities.author.name && email === identities.author.email;
  return success(isTheirs && there.value === wholeMessage({ message, signOff, identities }, tree.value).trimEnd());
}
