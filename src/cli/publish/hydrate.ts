import type { ToldPublication } from '../../model/publication.ts';
import { type Result, success } from '../../model/result.ts';
import { readCommit } from '../../repo/git/branch-commits.ts';
import { fetchTip } from '../../repo/git/fetch-commit.ts';
import { identitiesOf } from '../../repo/git/identity.ts';
import { branchFault, showName } from '../../repo/git/names.ts';
import { pushBranch } from '../../repo/git/push-branch.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import { fetchNotes, noteOf, type RemoteNotes, writeNotes } from '../../repo/git/remote-notes.ts';
import { outputOf } from '../../repo/git/repository.ts';
import { drySha, hydratorMetadata, hydratorMetadataPath } from '../../report/hydrator-metadata.ts';
import type { Compiled, Locations } from '../compiler.ts';
import { type OutputPlace, openOutput } from '../propose/output-place.ts';
import type { BaseSession } from '../propose/propose-session.ts';
import { usageError } from '../usage-error.ts';
import { beginning, type Publication, publishTo } from './publish-to.ts';

const placeholder = '{environment}';
const notesRef = 'refs/notes/hydrator.metadata';

/** The branch of an environment that is live, and the one that gitops-promoter proposes to it; the suffix is gitops-promoter's. */
export function hydratedBranches(pattern: string, environment: string): { readonly active: string; readonly proposed: string } {
  const active = pattern.replaceAll(placeholder, environment);
  return { active, proposed: `${active}-next` };
}

/** Refuses a pattern by which no branch, or the same for all environments, would be named. */
export function checkPattern(pattern: string): void {
  const fault = branchFault(hydratedBranches(pattern, 'prod').proposed);
  if (pattern.includes(placeholder) && fault === undefined) return;
  throw usageError(
    `--hydrate ${showName(pattern)} ${fault === undefined ? 'names one branch for all environments' : `names no branch: ${fault}`}`,
    [`mainsheet publish --hydrate 'environment/${placeholder}'`],
  );
}

/**
 * Publishes each environment to a branch of its own, as gitops-promoter wants it of a hydrator: `hydrator.metadata` names the commit; where no
 * rendered file changes there is no commit, but a note that says which commit was looked at. Undefined where someone else has published meanwhile.
 */
export async function hydrate(
  publication: Publication & { readonly session: BaseSession },
  compilations: ReadonlyMap<string, Compiled>,
  pattern: string,
  output: Locations['output'],
  tell: (told: ToldPublication) => void,
): Promise<Result<'done' | 'moved'>> {
  const { context, flags, session, source } = publication;
  const metadata = await metadataOf(publication);
  if (metadata.value === undefined) return metadata;
  const looked = new Map<string, string>();
  let known: KnownNotes | undefined;
  for (const [environment, compiled] of compilations) {
    const { active, proposed } = hydratedBranches(pattern, environment);
    const place = await openOutput(session, { ...output, branch: proposed });
    if (place.value === undefined) return place;
    const notes = known === undefined ? await knownNotes(place.value, session) : success(known);
    if (notes.value === undefined) return notes;
    known = notes.value;
    const published = await publishedSource(place.value, known.tip);
    if (published.value === undefined) return { value: undefined, diagnostics: published.diagnostics };
    const begin = place.value.tip === undefined && flags.dryRun !== true ? await activeTip(publication, place.value, active) : success('');
    if (begin.value === undefined) return begin;
    const done = await publishTo(publication, {
      ...{ place: place.value, compilations: new Map([[environment, compiled]]), published: published.value.source },
      ...(begin.value === '' ? {} : { begin: begin.value }),
      along: { files: new Map([[hydratorMetadataPath, metadata.value]]), isThere: published.value.isTold },
    });
    if (done.value === undefined) return done;
    if (done.value.state === 'moved') return success('moved');
    tell({ branch: proposed, environments: [environment], publication: done.value });
    if ('commit' in done.value && done.value.commit !== undefined) looked.set(done.value.commit, `{"drySha": "${source}"}\n`);
  }
  if (flags.dryRun === true || known === undefined || looked.size === 0) return success('done');
  const who = identitiesOf(session.repository, flags.author);
  if (who.value === undefined) return who;
  const written = await writeNotes(known.notes, looked, who.value, context.now());
  return written.value === undefined ? written : success(written.value === 'written' ? 'done' : 'moved');
}

async function metadataOf({ session, source }: Publication): Promise<Result<string>> {
  const commit = await readCommit(session.repository, source);
  if (commit.value === undefined) return { value: undefined, diagnostics: commit.diagnostics };
  const words = [
    'log',
    '--max-count=1',
    '--no-show-signature',
    '--no-mailmap',
    '--no-notes',
    '--no-color',
    '--format=%b',
    '--end-of-options',
  ];
  const body = outputOf('read a commit', await session.repository.run([...words, source]));
  if (body.value === undefined) return body;
  return success(hydratorMetadata(commit.value, body.value.toString('utf8').trimEnd(), session.remote.fetch.address));
}

interface KnownNotes {
  readonly notes: RemoteNotes;
  /** Undefined where there are none. */
  readonly tip: string | undefined;
}

async function knownNotes({ repository, remote }: OutputPlace, { access }: BaseSession): Promise<Result<KnownNotes>> {
  const notes = { ref: notesRef, repository, remote, access };
  const tip = await fetchNotes(notes);
  if (tip.value === undefined && tip.diagnostics.length > 0) return { value: undefined, diagnostics: tip.diagnostics };
  return success({ notes, tip: tip.value });
}

interface PublishedSource {
  readonly source: string | undefined;
  /** Whether the branch says so itself. */
  readonly isTold: boolean;
}

/** Which commit the tip of a branch was last rendered from: a note knows better than the file, which only a change writes. */
async function publishedSource({ repository, tip }: OutputPlace, notes: string | undefined): Promise<Result<PublishedSource>> {
  if (tip === undefined) return success({ source: undefined, isTold: false });
  const note = notes === undefined ? success(undefined) : await noteOf(repository, notes, tip);
  if (note.value === undefined && note.diagnostics.length > 0) return { value: undefined, diagnostics: note.diagnostics };
  const files = await readCommitTree(repository, tip, [hydratorMetadataPath], (path) => path === hydratorMetadataPath, {
    links: 'skipped',
  });
  if (files.value === undefined) return { value: undefined, diagnostics: files.diagnostics };
  const [source] = [note.value, files.value.get(hydratorMetadataPath)].flatMap((text) => drySha(text ?? '') ?? []);
  return success({ source, isTold: files.value.has(hydratorMetadataPath) });
}

/** The tip of the branch that is live. It begins, where it is not there yet, empty: a pull request needs a common history. */
async function activeTip({ context, flags, session }: Publication, place: OutputPlace, active: string): Promise<Result<string>> {
  const tip = await fetchTip(place.repository, place.remote, active, 'commit', session.access, 'push');
  if (tip.value !== undefined) return success(tip.value);
  if (tip.diagnostics.length > 0) return { value: undefined, diagnostics: tip.diagnostics };
  const who = identitiesOf(session.repository, flags.author);
  if (who.value === undefined) return who;
  const first = await beginning(context, place, who.value);
  if (first.value === undefined) return first;
  const pushed = await pushBranch(
    place.repository,
    place.remote,
    { branch: active, commit: first.value, expected: undefined },
    session.access,
  );
  if (pushed.state === 'failed') return { value: undefined, diagnostics: pushed.diagnostics };
  return success(pushed.state === 'moved' && pushed.tip !== undefined ? pushed.tip : first.value);
}
