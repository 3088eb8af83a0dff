import { diagnose } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/names.ts';
import { type Result, result, success } from '../../model/result.ts';
import { hasCommit, historyAvailable, knownCommit, legalGitName } from './diagnostics.ts';
import { foreignText } from './foreign-text.ts';
import { isHash, isRelative, nameIn, revisionFault, showName } from './names.ts';
import { type GitRepository, gitFailure, type RunOptions } from './repository.ts';
import type { Override } from './variables.ts';

/** A commit, and the word that named it: 'origin/main', where 'main' alone is no branch here. */
export interface NamedCommit {
  readonly hash: string;
  readonly name: string;
}

/**
 * The commit that a word names, as git users expect: a branch, a tag, a remote branch, a hash or its beginning, `HEAD~1`, `@{u}`, `stash@{0}`; and
 * where there is no branch `main` here, but one of the remote was fetched, as CI systems do, that one. Asks no remote.
 * Errors: a word that could mean more than a commit, an unknown one (with the command that fetches it where the clone is not whole).
 */
export async function resolveCommit(repository: GitRepository, revision: string): Promise<Result<NamedCommit>> {
  const reason = revisionFault(revision);
  if (reason !== undefined) return failure(legalGitName, { what: 'commit', name: showName(revision), reason });
  const { head } = repository;
  if (revision === 'HEAD' && head.kind === 'branch' && head.commit === undefined) return failure(hasCommit, { branch: head.branch });
  const isOnlyHere = isHash(revision) || isRelative(nameIn(revision));
  for (const name of isOnlyHere ? [revision] : [revision, ...remoteNames(repository).map((remote) => `${remote}/${revision}`)]) {
    const answer = await repository.run(['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`], pushing(repository));
    const hash = answer.output.toString('utf8').trim();
    if (answer.code === 0 && isHash(hash)) return success({ hash, name: await plainName(repository, name) });
    if (answer.failure !== undefined) return result({ hash, name }, [gitFailure('look up a commit', answer)]);
  }
  const why = await reasonOf(repository, nameIn(revision));
  if (why.length > 0) return failure(knownCommit, { revision: showName(revision) }, why);
  if (!repository.isShallow && !repository.isPartial && remoteNames(repository).length === 0)
    return failure(knownCommit, { revision: showName(revision) }, await similarNames(repository, revision));
  return await missing(repository, revision);
}

/** Where a branch is pushed to is for the person's own settings to say, as much as for the repository's. */
function pushing({ settings }: GitRepository): Pick<RunOptions, 'overrides'> {
  const overrides = ['push.default', 'remote.pushdefault'].flatMap((key): readonly Override[] => {
    const value = settings.get(key);
    return value === undefined ? [] : [[key, value]];
  });
  return { overrides };
}

/** 'origin/main', where `@{u}` is that; as it was said where it is no branch. */
async function plainName(repository: GitRepository, name: string): Promise<string> {
  if (!isRelative(name)) return name;
  const words = ['rev-parse', '--quiet', '--verify', '--abbrev-ref', '--end-of-options', name];
  const told = (await repository.run(words, pushing(repository))).output.toString('utf8').trim();
  return told === '' ? name : told;
}

/** Why git does not know a word that no fetch can bring: what is nowhere followed, or begins several hashes. */
async function reasonOf(repository: GitRepository, name: string): Promise<readonly string[]> {
  if (!isRelative(name) && !/^[0-9a-f]{4,}$/.test(name)) return [];
  const answer = await repository.run(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`], pushing(repository));
  if (answer.code === 0) return [];
  const [, ambiguous] = /^error: (.*is ambiguous)/m.exec(answer.errors) ?? [];
  const candidates = [...answer.errors.matchAll(/^hint:\s+([0-9a-f]+) commit/gm)].map(([, hash]) => hash);
  if (ambiguous !== undefined) return [`${ambiguous}: ${candidates.join(', ')}`];
  if (!isRelative(name)) return [];
  const [, fatal] = /^fatal: (?!Needed a single revision)(.*)/m.exec(answer.errors) ?? [];
  if (fatal === undefined && !/\d\}$/.test(name))
    return ['it was not fetched, or is gone', `\`git fetch ${remoteNames(repository)[0] ?? 'origin'}\``];
  const follow = /no upstream configured/.test(fatal ?? '') ? ['`git branch --set-upstream-to=origin/main` says what it follows'] : [];
  return [foreignText(fatal ?? 'nothing here is known by that name'), ...follow];
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
  const name = nameIn(revision);
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
