import { type Result, success } from '../../model/result.ts';
import { createCommit } from './create-commit.ts';
import type { Identities } from './identity.ts';
import type { Remote } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';
import { type GitRepository, outputOf } from './repository.ts';
import { rootCommit } from './root-commit.ts';
import { type Access, talkTo } from './transport.ts';

/** Notes of a remote: texts about commits, in commits of their own. */
export interface RemoteNotes {
  /** 'refs/notes/hydrator.metadata' */
  readonly ref: string;
  readonly repository: GitRepository;
  readonly remote: Remote;
  readonly access: Access;
}

/** The notes as they are on the remote now, with their objects here; undefined where there are none. Nothing of the user's is changed. */
export async function fetchNotes({ ref, repository, remote, access }: RemoteNotes): Promise<Result<string | undefined>> {
  const at = remote.push;
  const listed = await talkTo(repository, at, ['ls-remote', '--end-of-options', at.address, ref], access);
  if (listed.code !== 0) return { value: undefined, diagnostics: [remoteFailure(remote.name, listed)] };
  const line = listed.output
    .toString('latin1')
    .split('\n')
    .find((one) => one.endsWith(`\t${ref}`));
  const tip = line?.split('\t')[0];
  if (tip === undefined) return success(undefined);
  const known = await repository.run(['cat-file', '-e', `${tip}^{tree}`]);
  if (known.code === 0) return success(tip);
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance'];
  const fetched = await talkTo(repository, at, ['fetch', ...options, '--end-of-options', at.address, ref], access);
  return fetched.code === 0 ? success(tip) : { value: undefined, diagnostics: [remoteFailure(remote.name, fetched)] };
}

/** What the notes say of a commit. */
export async function noteOf(repository: GitRepository, notes: string, commit: string): Promise<Result<string | undefined>> {
  const path = await pathOf(repository, notes, commit);
  if (path.value === undefined) return path;
  if (path.value.text === undefined) return success(undefined);
  const read = outputOf('read a note', await repository.run(['cat-file', 'blob', path.value.text]));
  return read.value === undefined ? read : success(read.value.toString('utf8'));
}

const mostRounds = 5;

/** Says something of commits, in place of what was said of them; what others say of other commits meanwhile stays. */
export async function writeNotes(
  notes: RemoteNotes,
  texts: ReadonlyMap<string, string>,
  identities: Identities,
  at: number,
): Promise<Result<'written' | 'overtaken'>> {
  const { ref, repository, remote, access } = notes;
  for (let round = 0; round < mostRounds; round += 1) {
    const tip = await fetchNotes(notes);
    if (tip.value === undefined && tip.diagnostics.length > 0) return { value: undefined, diagnostics: tip.diagnostics };
    const base = tip.value === undefined ? await rootCommit(repository, identities, at, 'Notes begin') : success(tip.value);
    if (base.value === undefined) return base;
    const edits = new Map<string, string>();
    for (const [commit, text] of texts) {
      const path = await pathOf(repository, base.value, commit);
      if (path.value === undefined) return path;
      edits.set(path.value.path, text);
    }
    const made = await createCommit(repository, { base: base.value, edits, message: 'Notes added by mainsheet publish', identities, at });
    if (made.value === undefined)
      return made.diagnostics.length > 0 ? { value: undefined, diagnostics: made.diagnostics } : success('written');
    const lease = `--force-with-lease=${ref}:${tip.value ?? ''}`;
    const options = ['--porcelain', '--no-verify', '--no-follow-tags', lease];
    const words = ['push', ...options, '--end-of-options', remote.push.address, `${made.value.hash}:${ref}`];
    const answer = await talkTo(repository, remote.push, words, access);
    if (answer.code === 0) return success('written');
    if (!/^!\t[^\t]*\t\[(remote )?rejected\]/m.test(answer.output.toString('utf8')))
      return { value: undefined, diagnostics: [remoteFailure(remote.name, answer)] };
  }
  return success('overtaken');
}

interface NotePath {
  readonly path: string;
  /** The blob that stands there. */
  readonly text?: string;
}

/** Where the note about a commit is, or would be: git divides many notes into folders by the first letters of the hash, one level or two. */
async function pathOf(repository: GitRepository, notes: string, commit: string): Promise<Result<NotePath>> {
  const paths = [commit, `${commit.slice(0, 2)}/${commit.slice(2)}`, `${commit.slice(0, 2)}/${commit.slice(2, 4)}/${commit.slice(4)}`];
  const listed = outputOf('read notes', await repository.run(['ls-tree', '-z', '-r', '--full-tree', '--end-of-options', notes, ...paths]));
  if (listed.value === undefined) return listed;
  const [, text, path] = /^\d+ blob ([0-9a-f]+)\t([^\0]+)/.exec(listed.value.toString('latin1')) ?? [];
  return success(path === undefined || text === undefined ? { path: commit } : { path, text });
}
