import { execFileSync } from 'node:child_process';
import { chmodSync, lutimesSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commitsBetween, isAncestor, treeOf } from '../../../src/repo/git/branch-commits.ts';
import { createCommit } from '../../../src/repo/git/create-commit.ts';
import { identitiesOf } from '../../../src/repo/git/identity.ts';
import { isSigned } from '../../../src/repo/git/signing.ts';
import { cloned, commitIn, committed, got, opened, type Place, place, told } from './repositories.ts';

const head = (made: Place): string => made.git('work', 'rev-parse', 'HEAD');

/** All that belongs to the user: what they have staged, changed, checked out, and every ref. */
function usersThings(made: Place): string {
  return [
    made.git('work', 'status', '--porcelain=v2', '--branch', '--untracked-files=all'),
    made.git('work', 'for-each-ref'),
    made.git('work', 'ls-files', '--stage', '--debug'),
    made.git('work', 'reflog'),
  ].join('\n');
}

describe('a commit without a checkout', () => {
  it.each(['sha1', 'sha256'])('adds, changes and removes files, and touches nothing of the user’s (%s)', async (format) => {
    const made = cloned({ 'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 1\n', 'run.sh': 'x\n' }, format);
    chmodSync(made.path('work/run.sh'), 0o755);
    const base = commitIn(made, 'work', {}, 'mode');
    made.put('work/a.yaml', 'a: mine\n');
    made.git('work', 'add', 'a.yaml');
    made.put('work/b/new.yaml', 'untracked\n');
    const before = usersThings(made);
    const commit = got(
      await committed(await opened(made), base, { 'a.yaml': 'a: ä\r\n', 'b/c.yaml': null, 'd/e/f.yaml': '', 'run.sh': 'y\n' }),
    );
    expect(usersThings(made)).toBe(before);
    expect(made.git('work', 'ls-tree', '-r', '--format=%(objectmode) %(path)', commit?.hash ?? '').split('\n')).toEqual([
      '100644 a.yaml',
      '100644 d/e/f.yaml',
      '100755 run.sh',
    ]);
    expect(made.git('work', 'cat-file', 'blob', `${commit?.hash}:a.yaml`)).toBe('a: ä');
    expect(made.git('work', 'log', '-1', '--format=%an %ae %at|%cn %ce %ct|%P|%B', commit?.hash ?? '')).toBe(
      `Jason jason@example.com 1700000000|Mainsheet mainsheet@example.com 1700000000|${base}|Change`,
    );
  });

  it('does not wait for a lock of the user’s index, and leaves it there', async () => {
    const made = cloned();
    made.put('work/.git/index.lock', '');
    expect(got(await committed(await opened(made), head(made), { b: '' }))?.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(() => made.git('work', 'add', '--all')).toThrow('index.lock');
  });

  it('is the same commit each time, below the top too', async () => {
    const made = cloned({ 'mesh/a.yaml': 'a: 1\n' });
    const [top, below] = [await opened(made), await opened(made, 'work/mesh')];
    const one = got(await committed(top, head(made), { 'mesh/a.yaml': 'a: 2\n' }));
    expect(got(await committed(below, head(made), { 'a.yaml': 'a: 2\n' }))).toEqual(one);
  });

  it('is none where nothing changes', async () => {
    const made = cloned();
    const repository = await opened(made);
    expect(await committed(repository, head(made), { 'a.yaml': 'a: 1\n', 'never.yaml': null })).toEqual({
      value: undefined,
      diagnostics: [],
    });
  });

  it('runs no hook and no filter', async () => {
    const made = cloned({ 'a.yaml': 'a: 1\n', '.gitattributes': '* filter=touch\n' });
    for (const hook of ['pre-commit', 'commit-msg', 'post-commit', 'post-index-change', 'reference-transaction', 'pre-push'])
      made.put(`hooks/${hook}`, `#!/bin/sh\ntouch ${made.path('ran')}\n`, 0o755);
    for (const [key, value] of [
      ['core.hooksPath', made.path('hooks')],
      ['core.fsmonitor', `touch ${made.path('ran')}`],
      ['filter.touch.clean', `touch ${made.path('ran')}`],
      ['commit.gpgSign', 'false'],
    ])
      made.git('work', 'config', key ?? '', value ?? '');
    got(await committed(await opened(made), head(made), { 'a.yaml': 'a: 2\n' }));
    expect(() => made.git('.', 'hash-object', 'ran')).toThrow();
  });

  it('refuses what cannot stand beside what is there', async () => {
    const made = cloned({ 'a/b.yaml': '', 'file.yaml': '', 'Upper/x.yaml': '' });
    symlinkSync('a', made.path('work/link'));
    const base = commitIn(made, 'work', {}, 'link');
    const repository = await opened(made);
    const refusal = async (edits: Readonly<Record<string, string | null>>) => told(await committed(repository, base, edits))[0];
    expect(await refusal({ a: 'x' })).toBe('MS8010 a cannot be committed: a folder stands there');
    expect(await refusal({ 'file.yaml/x.yaml': 'x' })).toBe(
      'MS8010 file.yaml/x.yaml cannot be committed: file.yaml is a file, not a folder',
    );
    expect(await refusal({ 'link/x.yaml': 'x' })).toBe('MS8010 link/x.yaml cannot be committed: link is a symlink, not a folder');
    expect(await refusal({ link: 'x' })).toBe('MS8010 link cannot be committed: a symlink stands there');
    expect(await refusal({ 'FILE.yaml': 'x' })).toBe(
      'MS8010 FILE.yaml cannot be committed: file.yaml is the same name where case is ignored',
    );
    expect(await refusal({ 'upper/y.yaml': 'x' })).toBe(
      'MS8010 upper/y.yaml cannot be committed: Upper is the same name where case is ignored',
    );
    expect(await refusal({ '.github/workflows/x.yaml': 'x' })).toContain('belongs to git or the forge');
    expect(await refusal({ '../x': 'x' })).toContain('it contains ".."');
    expect(await refusal({ new: 'x', 'new/y': 'x' })).toContain('MS8010 new cannot be committed: a folder stands there');
    const moved = got(await committed(repository, base, { 'a/b.yaml': null, a: 'now a file\n', 'file.yaml': null, 'FILE.yaml': 'x' }));
    expect(made.git('work', 'ls-tree', '--name-only', moved?.hash ?? '').split('\n')).toEqual(['FILE.yaml', 'Upper', 'a', 'link']);
  });

  it.each([
    ['Change', 'Change\n\nSigned-off-by: Mainsheet <mainsheet@example.com>'],
    ['Change\n\nWhy.', 'Change\n\nWhy.\n\nSigned-off-by: Mainsheet <mainsheet@example.com>'],
    [
      'Change\n\nWhy.\n\nMainsheet-Key: prod/reviews\n',
      'Change\n\nWhy.\n\nMainsheet-Key: prod/reviews\nSigned-off-by: Mainsheet <mainsheet@example.com>',
    ],
    ['Change\n\nSigned-off-by: Mainsheet <mainsheet@example.com>', 'Change\n\nSigned-off-by: Mainsheet <mainsheet@example.com>'],
    ['# not a comment\n\n-n --amend', '# not a comment\n\n-n --amend\n\nSigned-off-by: Mainsheet <mainsheet@example.com>'],
  ])('signs off %j once, among the trailers', async (message, expected) => {
    const made = cloned();
    const commit = got(await committed(await opened(made), head(made), { b: '' }, { message, signOff: true }));
    expect(made.git('work', 'log', '-1', '--format=%B', commit?.hash ?? '')).toBe(expected);
  });
});

describe('what killed runs have left', () => {
  it('goes an hour later, and nothing else of that place', async () => {
    const made = cloned();
    const TMPDIR = mkdtempSync(join(tmpdir(), 'left-'));
    onTestFinished(() => rmSync(TMPDIR, { recursive: true }));
    const names = {
      'mainsheet-old001': 'index',
      'mainsheet-new001': 'index',
      'mainsheet-else01': 'letter.txt',
      'mainsheet-cache': 'index',
    };
    for (const [name, file] of Object.entries(names)) {
      mkdirSync(join(TMPDIR, name));
      writeFileSync(join(TMPDIR, name, file), '');
      if (name !== 'mainsheet-new001') utimesSync(join(TMPDIR, name), 1_000, 1_000);
    }
    symlinkSync('mainsheet-cache', join(TMPDIR, 'mainsheet-link01'));
    lutimesSync(join(TMPDIR, 'mainsheet-link01'), 1_000, 1_000);
    const repository = await opened(made, 'work', { TMPDIR });
    const base = made.git('work', 'rev-parse', 'HEAD');
    const person = { name: 'Jason', email: 'jason@bookinfo.example' };
    const edits = new Map([['a.yaml', 'a: 1\n']]);
    await createCommit(repository, { base, edits, message: 'a', identities: { author: person, committer: person }, at: 0 });
    expect(readdirSync(TMPDIR).sort()).toEqual(['mainsheet-cache', 'mainsheet-else01', 'mainsheet-link01', 'mainsheet-new001']);
    expect(readdirSync(join(TMPDIR, 'mainsheet-cache'))).toEqual(['index']);
  });
});

describe('whose a commit is', () => {
  it('is what flags, variables and settings say, in this order', async () => {
    const made = cloned();
    made.git('work', 'config', 'user.email', 'jason@bookinfo.example');
    const plain = await opened(made);
    expect(identitiesOf(plain).value?.author).toEqual({ name: 'Jason', email: 'jason@bookinfo.example' });
    const named = await opened(made, 'work', { GIT_COMMITTER_NAME: 'bot', GIT_COMMITTER_EMAIL: 'bot@example.com' });
    expect(identitiesOf(named, 'Ann <ann@example.com>').value).toEqual({
      author: { name: 'Ann', email: 'ann@example.com' },
      committer: { name: 'bot', email: 'bot@example.com' },
    });
  });

  it('is a fault where nobody is named, or a name would not survive', async () => {
    const made = cloned();
    made.put('home/.gitconfig', '');
    const repository = await opened(made);
    const robot = { name: 'Mainsheet', email: 'mainsheet@bot.invalid' };
    expect(identitiesOf({ ...repository, caller: { CI: 'true' } }).value).toEqual({ author: robot, committer: robot });
    expect(told(identitiesOf({ ...repository, caller: { CI: 'false' } }))[0]).toContain('MS8049');
    expect(told(identitiesOf(repository))[0]).toContain('MS8049 nobody to commit as');
    for (const author of ['Jason', 'Jason <>', 'J\n <a@b.c>', 'A <a@b.c> <d@e.f>'])
      expect(told(identitiesOf(repository, author))[0]).toContain('MS8049');
    const odd = {
      ...repository,
      caller: { GIT_AUTHOR_NAME: 'a\nb', GIT_AUTHOR_EMAIL: 'x', GIT_COMMITTER_NAME: 'c', GIT_COMMITTER_EMAIL: 'x' },
    };
    expect(told(identitiesOf(odd))[0]).toContain('characters that git leaves out');
  });
});

describe('a signature', () => {
  it('is made with the person’s ssh key, and never by a program of the repository’s', async () => {
    const made = place('[gpg]\n\tformat = ssh\n[commit]\n\tgpgSign = true\n');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', made.path('key')]);
    made.git('.', 'init', '--quiet', 'work');
    made.git('work', 'config', 'commit.gpgSign', 'false');
    const base = commitIn(made, 'work', { a: '' }, 'one');
    made.git('work', 'config', '--unset', 'commit.gpgSign');
    made.git('work', 'config', 'user.signingKey', made.path('key.pub'));
    made.git('work', 'config', 'gpg.ssh.program', made.path('evil'));
    made.put('evil', `#!/bin/sh\ntouch ${made.path('ran')}\n`, 0o755);
    const repository = await opened(made);
    expect(isSigned(repository, undefined)).toBe(true);
    expect(isSigned(repository, false)).toBe(false);
    const commit = got(await committed(repository, base, { b: '' }, { sign: true }));
    expect(made.git('work', 'cat-file', 'commit', commit?.hash ?? '')).toContain('gpgsig -----BEGIN SSH SIGNATURE-----');
    expect(() => made.git('.', 'hash-object', 'ran')).toThrow();
    made.git('work', 'config', 'user.signingKey', made.path('gone.pub'));
    expect(told(await committed(await opened(made), base, { b: '' }, { sign: true }))[0]).toMatch(
      /^MS8050 the commit could not be signed: .*gone/,
    );
  });
});

describe('what is asked of commits', () => {
  it('whose a branch’s commits are, and whether it is merged', async () => {
    const made = cloned();
    const base = head(made);
    const repository = await opened(made);
    const ours = got(await committed(repository, base, { b: '' }, { message: 'Ours\n\nMainsheet-Key: prod/reviews' }))?.hash ?? '';
    made.git('work', 'checkout', '--quiet', '-b', 'change', ours);
    const theirs = commitIn(made, 'work', { c: '' }, 'theirs');
    const commits = got(await commitsBetween(repository, base, theirs));
    expect(
      commits.map(({ hash, author, committer, subject, trailers }) => [hash, author.name, committer.email, subject, trailers]),
    ).toEqual([
      [theirs, 'Jason', 'jason@example.com', 'theirs', []],
      [ours, 'Jason', 'mainsheet@example.com', 'Ours', [['Mainsheet-Key', 'prod/reviews']]],
    ]);
    expect([got(await isAncestor(repository, base, theirs)), got(await isAncestor(repository, theirs, base))]).toEqual([true, false]);
    expect(told(await isAncestor(repository, base, '0'.repeat(40)))[0]).toContain('MS8048');
    expect(got(await treeOf(repository, base))).toBe(made.git('work', 'rev-parse', `${base}^{tree}`));
  });
});
