import type { Commit } from '../../model/commit.ts';
import type { ForgePort, ForgeResult } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import { chooseForge } from '../../repo/forge/forges.ts';
import { commandPatience } from '../../repo/forge/patience.ts';
import { fetchTip } from '../../repo/git/fetch-commit.ts';
import { firstParents } from '../../repo/git/first-parents.ts';
import type { CliContext } from '../cli-context.ts';
import type { Locations } from '../compiler.ts';
import { once, onceForEach } from '../once.ts';
import { openOutput } from '../propose/output-place.ts';
import { gitDirectoryOf, type ProposeSession } from '../propose/propose-session.ts';
import { sourceTrailer } from '../propose/source-trailer.ts';
import { proxiedFetch } from '../proxied-fetch.ts';

/** What the GitOps engine applies: the base branch, or where its rendered output is published. */
export interface EngineBranch {
  /** Its commits that have a commit of the base branch in them, newest first, the first that had it last; none = not yet, or not here. */
  readonly carriers: (commit: string) => Promise<Result<readonly Commit[]>>;
  /** Its newest commit; undefined where it is empty. */
  readonly newest: () => Promise<Result<Commit | undefined>>;
  /** Asked once for each commit; undefined where there is nobody to ask. */
  readonly statuses: (commit: string) => Promise<ForgeResult<readonly CommitStatus[]> | undefined>;
}

export function openEngineBranch(context: CliContext, session: ProposeSession, settings: Locations, tip: string): EngineBranch {
  const base = once(() => firstParents(session.repository, tip));
  const output = once(async (): Promise<Result<readonly Commit[]>> => {
    const place = await openOutput(session, settings.output ?? {});
    if (place.value === undefined) return place;
    const { repository, remote, branch, tip: published } = place.value;
    if (published === undefined) return success([]);
    if (repository.isShallow) await fetchTip(repository, remote, branch, 'history', session.access);
    return await firstParents(repository, published);
  });
  const forge = once(() => forgeOf(context, session, settings));
  const isElsewhere = settings.output !== undefined;
  return {
    carriers: async (commit) => {
      const commits = await base();
      if (commits.value === undefined) return commits;
      const own = commits.value.slice(0, 1 + commits.value.findIndex(({ hash }) => hash === commit));
      if (!isElsewhere || own.length === 0) return success(own);
      const published = await output();
      return published.value === undefined ? published : success(renderedFrom(published.value, new Set(own.map(({ hash }) => hash))));
    },
    newest: async () => {
      const commits = await (isElsewhere ? output : base)();
      return commits.value === undefined ? commits : success(commits.value[0]);
    },
    statuses: onceForEach(async (commit) => (await forge())?.statuses(commit)),
  };
}

/** Those at the end of a branch that were rendered from one of these commits; what a person did there is passed over. */
function renderedFrom(published: readonly Commit[], sources: ReadonlySet<string>): readonly Commit[] {
  const sourceOf = ({ trailers }: Commit) => trailers.find(([name]) => name === sourceTrailer)?.[1];
  const rendered = published.filter((commit) => sourceOf(commit) !== undefined);
  const other = rendered.findIndex((commit) => !sources.has(sourceOf(commit) ?? ''));
  return other === -1 ? rendered : rendered.slice(0, other);
}

/** Statuses of another repository are asked of the same server alone: the token goes nowhere else. */
async function forgeOf(context: CliContext, session: ProposeSession, settings: Locations): Promise<ForgePort | undefined> {
  const address = settings.output?.repository;
  if (address === undefined || session.forge === undefined) return session.forge;
  const { variables } = context;
  const [own, there] = [session.remote.push.effective, address].map(
    (remote) => chooseForge({ setting: settings.forge, remote, variables }).value,
  );
  if (own === undefined || there === undefined) return undefined;
  const isSame = 'api' in own && 'api' in there ? own.api === there.api : own.kind === there.kind;
  if (!isSame) return undefined;
  const gitDirectory = gitDirectoryOf(there, session.repository);
  return await context.openForge(there, {
    patience: commandPatience(session.mask),
    gitDirectory,
    variables,
    fetch: proxiedFetch(variables),
  });
}
