import { expect, it } from 'vitest';
import { fetchNotes, noteOf, writeNotes } from '../../../src/repo/git/remote-notes.ts';
import { cloned, commitIn, got, identities, opened, remoteOf } from './repositories.ts';

const ref = 'refs/notes/hydrator.metadata';

it.each([
  ['flat', (hash: string) => hash],
  ['in folders', (hash: string) => `${hash.slice(0, 2)}/${hash.slice(2)}`],
  ['in folders of folders', (hash: string) => `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash.slice(4)}`],
])('a note takes the place of the one that is there, %s, and git reads just it', async (_, pathOf) => {
  const made = cloned();
  const { git } = made;
  const [one, two] = [git('work', 'rev-parse', 'HEAD'), commitIn(made, 'work', { 'a.yaml': 'a: 2\n' }, 'two')];
  git('work', 'push', '--quiet', 'origin', 'main');
  // As git leaves notes where there are many; what stands beside them is another's.
  git('work', 'checkout', '-q', '--orphan', 'notes');
  git('work', 'rm', '-rqf', '.');
  commitIn(made, 'work', { [pathOf(one)]: 'old\n', [pathOf(two)]: 'of another\n' }, 'notes');
  git('work', 'push', '--quiet', 'origin', `notes:${ref}`);
  git('work', 'checkout', '-q', 'main');
  git('work', 'branch', '-qD', 'notes');
  const repository = await opened(made);
  const notes = { ref, repository, remote: await remoteOf(repository), access: {} };
  expect(got(await noteOf(repository, got(await fetchNotes(notes)) ?? '', one))).toBe('old\n');
  expect(got(await writeNotes(notes, new Map([[one, '{"drySha": "new"}\n']]), identities, 1_700_000_000))).toBe('written');
  const shown = (commit: string) => git('origin.git', 'notes', `--ref=${ref}`, 'show', commit);
  expect([shown(one), shown(two)]).toEqual(['{"drySha": "new"}', 'of another']);
  // Nothing of it is seen in the clone of whoever ran it.
  expect(git('work', 'for-each-ref', '--format=%(refname)')).not.toContain('notes');
});

it('of two who write at once both are heard', async () => {
  const made = cloned();
  const [one, two] = [made.git('work', 'rev-parse', 'HEAD'), commitIn(made, 'work', { 'a.yaml': 'a: 2\n' }, 'two')];
  made.git('work', 'push', '--quiet', 'origin', 'main');
  const repository = await opened(made);
  const notes = { ref, repository, remote: await remoteOf(repository), access: {} };
  const write = (commit: string) => writeNotes(notes, new Map([[commit, `${commit}\n`]]), identities, 1_700_000_000);
  expect((await Promise.all([write(one), write(two)])).map(got)).toEqual(['written', 'written']);
  for (const commit of [one, two]) expect(made.git('origin.git', 'notes', `--ref=${ref}`, 'show', commit)).toBe(commit);
});
