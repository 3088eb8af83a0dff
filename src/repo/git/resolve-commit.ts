import { diagnose } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/names.ts';
import { type Result, result, success } from '../../model/result.ts';
import { hasCommit, historyAvailable, knownCommit, legalGitName } from './diagnostics.ts';
import { isHash, revisionFault, showName } from './names.ts';
import { type GitRepository, gitFailure } from './repository.ts';

/** A commit, and the word that named it: 'origin/main', where 'main' alone is no branch here. */
export interface NamedCommit {
  readonly hash: string;
  readonly name: string;
}

/**
 * The commit that a word names, as git users expect: a branch, a tag, a remote branch, a hash, `HEAD~1`; and where there is no branch
 * `main` here, but one of the remote was fetched, as CI systems do, that one. Asks no remote.
 * Errors: a word that could mean more than a commit, an unknown one (with the command that fetches it where the clone is not whole).
 */
export async function resolveCommit(repository: GitRepository, revision: string): Promise<Result<NamedCommit>> {
  const reason = revisionFault(revision);
  if (reason !== undefined) return failure(legalGitName, { what: 'commit', name: showName(revision), reason });
  const { head } = repository;
  if (revision === 'HEAD' && head.kind === 'branch' && head.commit === undefined) return failure(hasCommit, { branch: head.branch });
  const candidates = [revision, ...remoteNames(repository).map((remote) => `${remote}/${revision}`)];
  for (const name of isHash(revision) ? [revision] : candidates) {
    const answer = await repository.run(['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`]);
    const hash = answer.output.toString('utf8').trim();
    if (answer.code === 0 && isHash(hash)) return success({ hash, name });
    if (answer.failure !== undefined) return result({ hash, name }, [gitFailure('look up a commit', answer)]);
  }
  if (!repository.isShallow && !repository.isPartial && remoteNames(repository).length === 0)
    return failure(knownCommit, { revision: showName(revision) }, await similarNames(repository, revision));
  return await missing(repository, revision);
}

/** Of a commit that a fetch may bring: in a shallow clone it very likely will. */
async function missing(repository: GitRepository, revision: string): Promise<Result<NamedCommit>> {
  const hints = [...(await similarNames(repository, revision)), ...(await fetchAdvices(repository, revision))];
  const details = repository.isShallow
    ? diagnose(historyAvailable, { params: { what: showName(revision) }, hints })
    : diagnose(knownCommit, { params: { revision: showName(revision) }, hints });
  return { value: undefined, diagnostics: [details] };
}

/** In a whole clone no fetch brings what a branch that is here does not have: `main~99` of fewer commits. */
async function fetchAdvices(repository: GitRepository, revision: string): Promise<readonly string[]> {
  const name = revision.replace(/([~^]\d*)+$/, '');
  if (repository.isShallow || name === revision) return [fetchAdvice(repository, revision)];
  return (await resolveCommit(repository, name)).value === undefined ? [fetchAdvice(repository, name)] : [];
}

async function similarNames(repository: GitRepository, revision: string): Promise<readonly string[]> {
  const answer = await repository.run(['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags']);
  return didYouMean(revision, answer.output.toString('utf8').split('\n'));
}

/** A line that can be copied. */
export function fetchAdvice(repository: GitRepository, revision: string): string {
  const [remote = 'origin'] = remoteNames(repository);
  if (/[~^]/.test(revision)) return `\`git fetch --unshallow ${remote}\``;
  const depth = repository.isShallow ? '--depth=1 ' : '';
  const name = revision.startsWith(`${remote}/`) ? revision.slice(remote.length + 1) : revision;
  const target = isHash(name) || name === 'HEAD' ? '' : `:refs/remotes/${remote}/${name}`;
  return `\`git fetch ${depth}${remote} ${target === '' ? name : `+refs/heads/${name}${target}`}\``;
}

/** The remotes that there are, `origin` first. */
export function remoteNames({ settings }: Pick<GitRepository, 'settings'>): readonly string[] {
  const names = settings.all.flatMap(({ key }) => /^remote\.(.+)\.(?:url|pushurl)$/.exec(key)?.[1] ?? []);
  return [...new Set(names)].sort((a, b) => Number(b === 'origin') - Number(a === 'origin'));
}

function failure<P>(definition: Parameters<typeof diagnose<P>>[0], params: P, hints: readonly string[] = []): Result<NamedCommit> {
  return { value: undefined, diagnostics: [diagnose(definition, { params, hints })] };
}
