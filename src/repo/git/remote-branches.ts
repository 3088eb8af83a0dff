import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { legalGitName } from './diagnostics.ts';
import { branchFault, isHash, showName } from './names.ts';
import type { Remote, RemoteAddress } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';
import type { GitRepository } from './repository.ts';
import { type Access, talkTo } from './transport.ts';

/** Tips by branch, as the remote has them now; of all branches where none is named. A branch that is not there is not in the map. */
export async function remoteBranches(
  repository: GitRepository,
  remote: Remote,
  branches: readonly string[],
  access: Access = {},
  direction: 'fetch' | 'push' = 'fetch',
): Promise<Result<ReadonlyMap<string, string>>> {
  for (const branch of branches) {
    const reason = branchFault(branch);
    if (reason !== undefined)
      return { value: undefined, diagnostics: [diagnose(legalGitName, { params: { what: 'branch', name: showName(branch), reason } })] };
  }
  const at: RemoteAddress = remote[direction];
  const patterns = branches.map((branch) => `refs/heads/${branch}`);
  const answer = await talkTo(repository, at, ['ls-remote', '--heads', '--end-of-options', at.address, ...patterns], access);
  if (answer.code !== 0) return { value: undefined, diagnostics: [remoteFailure(remote.name, answer)] };
  const tips = answer.output
    .toString('utf8')
    .split('\n')
    .flatMap((line): readonly (readonly [string, string])[] => {
      const [hash = '', ref = ''] = line.split('\t');
      // A pattern matches the end of a ref as well: `refs/heads/a/refs/heads/main`.
      return isHash(hash) && ref.startsWith('refs/heads/') ? [[ref.slice('refs/heads/'.length), hash]] : [];
    });
  return success(new Map(tips.filter(([branch]) => branches.length === 0 || branches.includes(branch))));
}

/** The branch that the remote calls its own, with its tip; undefined where it names none. */
export async function remoteDefaultBranch(
  repository: GitRepository,
  remote: Remote,
  access: Access = {},
): Promise<Result<string | undefined>> {
  const words = ['ls-remote', '--symref', '--end-of-options', remote.fetch.address, 'HEAD'];
  const answer = await talkTo(repository, remote.fetch, words, access);
  if (answer.code !== 0) return { value: undefined, diagnostics: [remoteFailure(remote.name, answer)] };
  return success(/^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(answer.output.toString('utf8'))?.[1]);
}
