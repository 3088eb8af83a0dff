import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openRepository } from '../../../src/repo/git/repository.ts';
import { cloned, commitIn, opened, told } from './repositories.ts';

it('tells where it is, on which branch, and that it lies below the top', async () => {
  const made = cloned({ 'mesh/a.yaml': 'a: 1\n' });
  const repository = await opened(made, 'work/mesh');
  expect(repository).toMatchObject({
    prefix: 'mesh/',
    topLevel: made.path('work'),
    hashFormat: 'sha1',
    isShallow: false,
    isPartial: false,
  });
  expect(repository.head).toEqual({ kind: 'branch', branch: 'main', commit: made.git('work', 'rev-parse', 'HEAD') });
});

it('knows a detached HEAD, a branch without a commit, and SHA-256', async () => {
  const made = cloned({ a: '' }, 'sha256');
  made.git('work', 'checkout', '--quiet', '--detach');
  const commit = made.git('work', 'rev-parse', 'HEAD');
  expect(await opened(made)).toMatchObject({ head: { kind: 'detached', commit }, hashFormat: 'sha256' });
  made.git('.', 'init', '--quiet', 'fresh');
  expect((await opened(made, 'fresh')).head).toEqual({ kind: 'branch', branch: 'main' });
});

it('knows a shallow clone, a partial one, and a work tree beside a bare repository', async () => {
  const made = cloned();
  commitIn(made, 'work', { b: '' }, 'two');
  made.git('work', 'push', '--quiet');
  made.git('origin.git', 'config', 'uploadpack.allowFilter', 'true');
  made.git('.', 'clone', '--quiet', '--depth=1', `file://${made.path('origin.git')}`, 'shallow');
  made.git('.', 'clone', '--quiet', '--filter=blob:none', `file://${made.path('origin.git')}`, 'partial');
  made.git('origin.git', 'worktree', 'add', '--quiet', '../beside', 'main');
  expect(await opened(made, 'shallow')).toMatchObject({ isShallow: true, isPartial: false });
  expect(await opened(made, 'partial')).toMatchObject({ isShallow: false, isPartial: true });
  expect(await opened(made, 'beside')).toMatchObject({ commonFolder: made.path('origin.git'), topLevel: made.path('beside') });
});

it.each([
  ['merge', 'MERGE_HEAD'],
  ['cherry-pick', 'CHERRY_PICK_HEAD'],
  ['bisect', 'BISECT_LOG'],
])('sees that a %s is in progress', async (operation, file) => {
  const made = cloned();
  writeFileSync(made.path('work/.git', file), made.git('work', 'rev-parse', 'HEAD'));
  expect((await opened(made)).operation).toBe(operation);
});

it('refuses what is no repository, a bare one, and the inside of .git, and says what to do', async () => {
  const made = cloned();
  mkdirSync(made.path('nowhere'));
  const open = async (where: string) => told(await openRepository(made.path(where), made.variables));
  expect(await open('nowhere')).toEqual([`MS8041 ${made.path('nowhere')} is in no git repository`]);
  expect(await open('origin.git')).toEqual([`MS8043 ${made.path('origin.git')} is a bare repository: it has no work tree`]);
  expect(await open('work/.git')).toEqual([`MS8043 ${made.path('work/.git')} is a bare repository: it has no work tree`]);
});

it.runIf(process.getuid?.() === 0)('does not trust what belongs to someone else, and names the line that does', async () => {
  const made = cloned();
  chmodSync(made.folder, 0o755);
  made.git('.', 'config', '--file', made.path('work/.git/config'), 'core.fsmonitor', 'touch ran');
  for (const path of ['work', 'work/.git', 'work/.git/config']) chownSync(made.path(path), 65534, 65534);
  const { diagnostics } = await openRepository(made.path('work'), made.variables);
  expect(diagnostics.map(({ code, hints }) => [code, ...hints])).toEqual([
    ['MS8042', `\`git config --global --add safe.directory ${made.path('work')}\``],
  ]);
  made.git('.', 'config', '--global', '--add', 'safe.directory', made.path('work'));
  expect((await opened(made)).head.kind).toBe('branch');
});

it('says that there is no git, and that settings cannot be read', async () => {
  const made = cloned();
  expect(told(await openRepository(made.path('work'), { ...made.variables, PATH: made.path('work') }))).toEqual([
    'MS8040 there is no git to run',
  ]);
  made.put('home/.gitconfig', '[user\n');
  expect(told(await openRepository(made.path('work'), made.variables))[0]).toMatch(
    /^MS8048 git could not read its settings: bad config line 1/,
  );
});

it('ends a command that does not end, and takes no answer without end', async () => {
  const made = cloned({ 'a.yaml': 'a'.repeat(10_000) });
  const repository = await opened(made);
  execFileSync('mkfifo', [made.path('pipe')]);
  expect(await repository.run(['hash-object', '--', made.path('pipe')], { patience: 200 })).toMatchObject({
    code: undefined,
    failure: 'timed-out',
  });
  expect(await repository.run(['cat-file', 'blob', 'HEAD:a.yaml'], { mostBytes: 1_000 })).toMatchObject({
    code: undefined,
    failure: 'too-large',
  });
});

it('never looks for git in a relative folder of PATH', async () => {
  const made = cloned();
  made.put('work/git', '#!/bin/sh\ntouch ran\n', 0o755);
  const { PATH } = made.variables;
  expect((await opened(made, 'work', { PATH: `.:${PATH}` })).head.kind).toBe('branch');
  expect(told(await openRepository(made.path('work'), { ...made.variables, PATH: '.' }))).toEqual([]);
});
