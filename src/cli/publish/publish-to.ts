import type { BranchPublication } from '../../model/publication.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { isAncestor, wasTip } from '../../repo/git/branch-commits.ts';
import { createCommit } from '../../repo/git/create-commit.ts';
import { type Identities, identitiesOf } from '../../repo/git/identity.ts';
import { isHash } from '../../repo/git/names.ts';
import { pushBranch } from '../../repo/git/push-branch.ts';
import { rootCommit } from '../../repo/git/root-commit.ts';
import { isSigned } from '../../repo/git/signing.ts';
import type { PublishFlags } from '../arguments/publish.ts';
import type { CliContext } from '../cli-context.ts';
import type { Compiled } from '../compiler.ts';
import { renderedIn } from '../diff/read-commit.ts';
import type { OutputPlace } from '../propose/output-place.ts';
import type { RemoteSession } from '../propose/propose-session.ts';
import { publishedEdits } from '../propose/published-edits.ts';
import { sourceTrailer } from '../propose/source-trailer.ts';

/** A commit of the intents, to be published. */
export interface Publication {
  readonly context: CliContext;
  readonly flags: PublishFlags;
  readonly session: RemoteSession;
  readonly source: string;
  /** The tip of the base branch on the remote. */
  readonly reviewed: string;
  /** The folder of rendered files. */
  readonly folder: RepoPath;
}

/** One branch that shall hold just these environments. */
export interface PublishedBranch {
  readonly place: OutputPlace;
  readonly compilations: ReadonlyMap<string, Compiled>;
  /** The commit that what is there was rendered from. */
  readonly published: string | undefined;
  /** What the first commit of the branch is built on; without it, on nothing. */
  readonly begin?: string;
  /** Files that say where the others come from: written along when these change, or where they are not there yet. */
  readonly along?: { readonly files: ReadonlyMap<RepoPath, string>; readonly isThere: boolean };
}

export type Published =
  | BranchPublication
  /** Someone else has published meanwhile. */
  | { readonly state: 'moved' };

/** Makes a branch hold what the commit renders to, by one commit. */
export async function publishTo(publication: Publication, branch: PublishedBranch): Promise<Result<Published>> {
  const { flags, folder } = publication;
  const { place, compilations, along } = branch;
  const { repository, tip } = place;
  const newer = await isNewer(publication, branch.published);
  if (newer.value === undefined) return newer;
  if (newer.value) return success({ state: 'newer' });
  const read = { hash: tip ?? '', name: place.branch };
  const there = tip === undefined ? success(new Map()) : await renderedIn(repository, read, folder, () => undefined);
  if (there.value === undefined) return { value: undefined, diagnostics: there.diagnostics };
  const edits = publishedEdits(compilations, there.value, folder, flags);
  if (edits.value === undefined) return edits;
  if (edits.value.size === 0 && along?.isThere !== false) return success({ state: 'same', commit: tip });
  if (flags.dryRun === true) return success({ state: 'would change', edits: edits.value });
  return await push(publication, branch, new Map([...edits.value, ...(along?.files ?? [])]), edits.value.size);
}

async function push(
  { context, flags, session, source }: Publication,
  { place, begin }: PublishedBranch,
  edits: ReadonlyMap<RepoPath, string | null>,
  files: number,
): Promise<Result<Published>> {
  const { repository, remote, branch, tip } = place;
  const who = identitiesOf(session.repository, flags.author);
  if (who.value === undefined) return who;
  const base = tip === undefined && begin === undefined ? await beginning(context, place, who.value) : success(tip ?? begin ?? '');
  if (base.value === undefined) return base;
  const request = {
    ...{ base: base.value, edits, identities: who.value, at: context.now() },
    message: `Render ${source.slice(0, 12)}\n\n${sourceTrailer}: ${source}\nMainsheet-Tool: ${context.version}\n`,
    sign: isSigned(session.repository, flags.sign),
    signOff: flags.signOff ?? false,
  };
  const commit = await createCommit(repository, request);
  if (commit.value === undefined) return { value: undefined, diagnostics: commit.diagnostics };
  const { hash } = commit.value;
  const pushed = await pushBranch(repository, remote, { branch, commit: hash, expected: tip }, session.access);
  if (pushed.state === 'failed') return { value: undefined, diagnostics: pushed.diagnostics };
  return success(pushed.state === 'moved' ? { state: 'moved' } : { state: 'published', files, commit: hash });
}

/** What a branch of rendered output begins with. */
export function beginning(context: CliContext, { repository }: OutputPlace, identities: Identities): Promise<Result<string>> {
  return rootCommit(repository, identities, context.now(), 'Rendered output begins');
}

/** Whether what is published was rendered from a later commit of the base branch: runs may overtake one another. */
async function isNewer({ session, source, reviewed }: Publication, published: string | undefined): Promise<Result<boolean>> {
  const { repository } = session;
  if (published === undefined || !isHash(published) || published === source) return success(false);
  const known = await repository.run(['cat-file', '-e', `${published}^{commit}`]);
  if (known.code !== 0) return success(false);
  const wasReviewed = await wasTip(repository, published, reviewed);
  return wasReviewed.value === true ? await isAncestor(repository, source, published) : wasReviewed;
}
