import { type Result, success } from '../../model/result.ts';
import type { Identities } from './identity.ts';
import { type GitRepository, outputOf } from './repository.ts';
import { localVariables } from './variables.ts';

/** A commit without parents and files: what a branch that is not there yet begins with. The same at the same time is the same commit. */
export async function rootCommit(repository: GitRepository, identities: Identities, at: number, message: string): Promise<Result<string>> {
  const tree = outputOf('write the commit', await repository.run(['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' }));
  if (tree.value === undefined) return tree;
  const { author, committer } = identities;
  const variables = {
    ...localVariables(repository.caller),
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: `@${at} +0000`,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: `@${at} +0000`,
  };
  const words = ['commit-tree', tree.value.toString('latin1').trim()];
  const commit = outputOf('write the commit', await repository.run(words, { variables, input: `${message}\n` }));
  return commit.value === undefined ? commit : success(commit.value.toString('latin1').trim());
}
