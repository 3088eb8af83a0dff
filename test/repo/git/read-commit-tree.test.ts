import { symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { blobHash } from '../../../src/repo/git/blob-hash.ts';
import { fetchTip } from '../../../src/repo/git/fetch-commit.ts';
import { ignoredPaths } from '../../../src/repo/git/ignored-paths.ts';
import { readCommitTree } from '../../../src/repo/git/read-commit-tree.ts';
import { openRemote } from '../../../src/repo/git/remote.ts';
import { resolveCommit } from '../../../src/repo/git/resolve-commit.ts';
import { readTree } from '../../../src/repo/read-tree.ts';
import { cloned, commitIn, got, opened, type Place, told } from './repositories.ts';

const isYaml = (path: string): boolean => path.endsWith('.yaml');

async function readHead(made: Place, folders: readonly string[], where = 'work') {
  return await readCommitTree(await opened(made, where), made.git('work', 'rev-parse', 'HEAD'), folders, isYaml);
}

it('reads a commit as it reads a disk', async () => {
  const files = {
    'mesh/a.yaml': '\uFEFFa: ä\r\n',
    'mesh/b/c.yaml': '',
    'mesh/b/d.txt': 'd',
    'other/e.yaml': 'e: 1\n',
    '-x.yaml': 'x: 1\n',
  };
  const made = cloned(files);
  for (const folders of [['mesh'], ['.'], ['mesh/b', 'other'], ['nothing'], ['mesh/a.yaml'], ['-x.yaml'], ['*']])
    expect(await readHead(made, folders), String(folders)).toEqual(readTree(made.path('work'), folders, isYaml));
  expect(await readHead(made, ['.'], 'work/mesh')).toEqual(readTree(made.path('work/mesh'), ['.'], isYaml));
});

it('reads what was committed, whatever .gitattributes and settings would make of it', async () => {
  const made = cloned({
    'a.yaml': 'a: $Id$\n',
    '.gitattributes': '*.yaml ident text eol=crlf filter=touch\n',
  });
  made.git('work', 'config', 'core.autocrlf', 'true');
  made.git('work', 'config', 'filter.touch.smudge', 'touch ran');
  expect([...got(await readHead(made, ['.'])).values()]).toEqual(['a: $Id$\n']);
});

it('is not misled by replaced objects', async () => {
  const made = cloned({ 'a.yaml': 'a: 1\n', 'b.yaml': 'evil: true\n' });
  made.git('work', 'replace', made.git('work', 'rev-parse', 'HEAD:a.yaml'), made.git('work', 'rev-parse', 'HEAD:b.yaml'));
  expect(got(await readHead(made, ['a.yaml'])).get('a.yaml')).toBe('a: 1\n');
});

it('refuses links, submodules, odd names, wrong bytes and pointers to large files', async () => {
  const made = cloned({ 'x/fine.yaml': 'a: 1\n' });
  symlinkSync('/etc/passwd', made.path('work/x/link.yaml'));
  made.put('work/x/Fine.yaml', '');
  made.put('work/x/a\\b.yaml', '');
  made.put('work/x/pointer.yaml', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
  commitIn(made, 'work', {}, 'odd');
  const commit = made.git('work', 'rev-parse', 'HEAD');
  made.git('work', 'update-index', '--add', '--cacheinfo', `160000,${commit},x/module.yaml`);
  made.git('work', 'commit', '--quiet', '--message', 'module');
  expect(told(await readHead(made, ['x']))).toEqual([
    'MS8001 x/link.yaml is a symbolic link, and none is followed',
    'MS8063 x/module.yaml is a submodule: its files belong to another repository',
    expect.stringMatching(/^MS1070 "x\/a\\b.yaml" .* backslash$/),
    expect.stringMatching(/^MS1076 x\/fine.yaml and x\/Fine.yaml are one file/),
  ]);
  expect(told(await readHead(made, ['x/pointer.yaml']))).toEqual(['MS8062 x/pointer.yaml is a pointer of Git LFS, not the file itself']);
});

it('does not ask what is ignored in a submodule', async () => {
  const made = cloned({ 'a.yaml': 'a: 1\n' });
  made.git('work', 'update-index', '--add', '--cacheinfo', `160000,${made.git('work', 'rev-parse', 'HEAD')},environments`);
  made.put('work/environments/prod/environment.yaml', '');
  expect(told(await ignoredPaths(await opened(made), ['environments/prod/environment.yaml']))).toEqual([
    'MS8063 environments is a submodule: its files belong to another repository',
  ]);
});

it('keeps to limits', async () => {
  const made = cloned({ 'a.yaml': 'a: 12345\n', 'b.yaml': 'b: 12345\n', 'c.yaml': 'a: 1\n' });
  const repository = await opened(made);
  const read = (limits: object) =>
    readCommitTree(repository, 'HEAD', ['.'], isYaml, { limits: { fileBytes: 100, files: 10, totalBytes: 100, ...limits } });
  expect(told(await read({ fileBytes: 8 }))).toEqual([
    expect.stringContaining('MS1072 a.yaml has 9'),
    expect.stringContaining('MS1072 b.yaml'),
  ]);
  expect(told(await read({ files: 2 }))).toEqual([expect.stringContaining('MS1073')]);
  expect(told(await read({ totalBytes: 15 }))).toEqual([expect.stringContaining('MS1074')]);
});

it.each(['sha1', 'sha256'])('takes texts that are known, and reads the rest (%s)', async (format) => {
  const made = cloned({ 'a.yaml': 'a: ä\n', 'b.yaml': 'b: 1\n' }, format);
  const repository = await opened(made);
  expect(blobHash(repository, 'a: ä\n')).toBe(made.git('work', 'rev-parse', 'HEAD:a.yaml'));
  const known = new Map([
    ['a.yaml', 'a: ä\n'],
    ['b.yaml', 'b: 2\n'],
  ]);
  const blobs: string[] = [];
  const spied = {
    ...repository,
    run(words: readonly string[], options = {}) {
      blobs.push(...inputOf(options));
      return repository.run(words, options);
    },
  };
  const read = await readCommitTree(spied, 'HEAD', ['.'], isYaml, { known: (path) => known.get(path) });
  expect([...got(read)]).toEqual([
    ['a.yaml', 'a: ä\n'],
    ['b.yaml', 'b: 1\n'],
  ]);
  expect(blobs).toEqual([made.git('work', 'rev-parse', 'HEAD:b.yaml')]);
});

function inputOf({ input }: { readonly input?: unknown }): readonly string[] {
  return typeof input === 'string' ? input.trim().split('\n') : [];
}

it('names the fetch that brings what a shallow or partial clone lacks', async () => {
  const made = cloned();
  made.git('work', 'branch', 'release/1');
  commitIn(made, 'work', { 'a.yaml': 'a: 2\n' }, 'two');
  made.git('work', 'push', '--quiet', 'origin', 'main', 'release/1');
  made.git('origin.git', 'config', 'uploadpack.allowFilter', 'true');
  made.git('.', 'clone', '--quiet', '--depth=1', `file://${made.path('origin.git')}`, 'shallow');
  const shallow = await opened(made, 'shallow');
  const lookUp = async (word: string) => (await resolveCommit(shallow, word)).diagnostics.map(({ code, hints }) => [code, ...hints]);
  expect(await lookUp('release/1')).toEqual([
    ['MS8044', '`git fetch --depth=1 origin +refs/heads/release/1:refs/remotes/origin/release/1`'],
  ]);
  expect(await lookUp('HEAD~1')).toEqual([['MS8044', '`git fetch --unshallow origin`']]);
  made.git('shallow', 'fetch', '--quiet', '--depth=1', 'origin', '+refs/heads/release/1:refs/remotes/origin/release/1');
  expect(await resolveCommit(shallow, 'release/1')).toMatchObject({ value: { name: 'origin/release/1' } });
  made.git('.', 'clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${made.path('origin.git')}`, 'partial');
  const partial = await opened(made, 'partial');
  const { diagnostics } = await readCommitTree(partial, 'HEAD', ['.'], isYaml);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^MS8044 the content of .* is not in this clone/),
  ]);
  made.git('.', 'clone', '--quiet', '--no-checkout', '--filter=tree:0', `file://${made.path('origin.git')}`, 'treeless');
  const treeless = await opened(made, 'treeless');
  const tip = await fetchTip(treeless, got(await openRemote(treeless, 'origin')), 'release/1', 'commit');
  for (const {
    diagnostics: [found],
  } of [await readCommitTree(treeless, 'HEAD', ['.'], isYaml), tip])
    expect([found?.code, found?.hints]).toEqual(['MS8044', [expect.stringContaining('`git fetch --refetch --no-filter`')]]);
});

it('finds commits by the words that git users have for them', async () => {
  const made = cloned();
  const first = made.git('work', 'rev-parse', 'HEAD');
  const second = commitIn(made, 'work', { b: '' }, 'two');
  made.git('work', 'tag', '--annotate', '--message', 'v1', 'v1', first);
  const repository = await opened(made);
  const hash = async (word: string) => (await resolveCommit(repository, word)).value?.hash;
  expect(await Promise.all(['main', 'HEAD', 'HEAD~1', 'v1', 'origin/main', first, first.slice(0, 10), 'v1^'].map(hash))).toEqual([
    second,
    second,
    first,
    first,
    first,
    first,
    first,
    undefined,
  ]);
  const hintsOf = async (word: string) => (await resolveCommit(repository, word)).diagnostics.map(({ code, hints }) => [code, ...hints]);
  for (const word of ['main~999', 'HEAD~999', 'origin/main~999']) expect(await hintsOf(word)).toEqual([['MS8061']]);
  expect(await hintsOf('nope~1')).toEqual([['MS8061', '`git fetch origin +refs/heads/nope:refs/remotes/origin/nope`']]);
  expect(told(await resolveCommit(repository, 'nope'))).toEqual(['MS8061 there is no commit "nope" in this repository']);
  expect(told(await resolveCommit(repository, '--output=x'))).toEqual([
    'MS8060 "--output=x" is no name of a commit: it begins like an option',
  ]);
});

it('finds commits by what they are to a branch: what it follows, is pushed to, was before', async () => {
  const made = cloned();
  const first = made.git('work', 'rev-parse', 'HEAD');
  made.git('work', 'switch', '--quiet', '--create', 'change', 'origin/main');
  made.put('work/a.yaml', 'a: 2\n');
  made.git('work', 'stash', '--quiet');
  const stash = made.git('work', 'rev-parse', 'stash');
  const second = commitIn(made, 'work', { b: '' }, 'two');
  made.git('work', 'push', '--quiet', 'origin', 'change');
  const third = commitIn(made, 'work', { c: '' }, 'three');
  made.put('home/.gitconfig', '[push]\n\tdefault = current\n');
  const repository = await opened(made);
  const named = async (word: string) => (await resolveCommit(repository, word)).value;
  expect(await named('@{u}')).toEqual({ hash: first, name: 'origin/main' });
  expect(await named('change@{upstream}')).toEqual({ hash: first, name: 'origin/main' });
  expect(await named('@{push}')).toEqual({ hash: second, name: 'origin/change' });
  expect(await named('@{-1}')).toEqual({ hash: first, name: 'main' });
  for (const [word, hash] of [
    ['HEAD@{1}', second],
    ['@{push}~1', first],
    ['stash@{0}', stash],
    ['stash@{0}^', first],
    [`${third.slice(0, 7)}^{}`, third],
  ] as const)
    expect([word, await named(word)]).toEqual([word, { hash, name: word }]);
});

it('says why a word for what is to a branch finds nothing', async () => {
  const made = cloned();
  made.git('work', 'branch', 'alone');
  made.git('work', 'branch', 'gone', 'main');
  made.git('work', 'config', 'branch.gone.remote', 'origin');
  made.git('work', 'config', 'branch.gone.merge', 'refs/heads/gone');
  const repository = await opened(made);
  const why = async (word: string) => (await resolveCommit(repository, word)).diagnostics.map(({ code, hints }) => [code, ...hints]);
  expect(await why('alone@{u}')).toEqual([
    ['MS8061', "no upstream configured for branch 'alone'", '`git branch --set-upstream-to=origin/main` says what it follows'],
  ]);
  expect(await why('gone@{u}')).toEqual([['MS8061', 'it was not fetched, or is gone', '`git fetch origin`']]);
  expect(await why('HEAD@{99}')).toEqual([['MS8061', "log for 'HEAD' only has 1 entries"]]);
  expect(await why('stash@{0}')).toEqual([['MS8061', 'nothing here is known by that name']]);
  const tree = made.git('work', 'rev-parse', 'HEAD^{tree}');
  const twins = new Map<string, string>();
  for (let i = 0; ; i += 1) {
    const commit = made.git('work', 'commit-tree', '-m', `${i}`, tree);
    const other = twins.get(commit.slice(0, 4));
    twins.set(commit.slice(0, 4), commit);
    if (other === undefined) continue;
    expect(await why(commit.slice(0, 4))).toEqual([['MS8061', expect.stringMatching(/is ambiguous: [0-9a-f]{5,}, [0-9a-f]{5,}$/)]]);
    break;
  }
});
