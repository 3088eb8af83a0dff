import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commitsBetween } from '../../../src/repo/git/branch-commits.ts';
import { firstParentHistory } from '../../../src/repo/git/first-parent-history.ts';
import { pushBranch } from '../../../src/repo/git/push-branch.ts';
import { readCommitTree } from '../../../src/repo/git/read-commit-tree.ts';
import { openRepository } from '../../../src/repo/git/repository.ts';
import { resolveCommit } from '../../../src/repo/git/resolve-commit.ts';
import { cloned, committed, got, opened, place, remoteOf, told } from './repositories.ts';

/** Every setting of a repository that names a program, and every hook. */
const programs = [
  ...['core.fsmonitor', 'core.sshCommand', 'core.askPass', 'core.pager', 'core.editor', 'core.gitProxy', 'core.alternateRefsCommand'],
  ...['credential.helper', 'credential.https://x.helper', 'gpg.program', 'gpg.ssh.program', 'gpg.ssh.defaultKeyCommand', 'diff.external'],
  ...['diff.evil.textconv', 'diff.evil.command', 'filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'merge.evil.driver'],
  ...['remote.origin.receivepack', 'remote.origin.uploadpack', 'sequence.editor', 'trailer.sign.command', 'trailer.sign.cmd'],
  ...['uploadpack.packObjectsHook', 'alias.push', 'alias.log', 'alias.cat-file', 'pager.log', 'hook.evil.command', 'core.hooksPath'],
];
const hooks = [
  'pre-commit',
  'pre-push',
  'post-checkout',
  'reference-transaction',
  'post-index-change',
  'fsmonitor-watchman',
  'pre-auto-gc',
];

it('nothing that a repository names is run: neither settings, nor hooks, nor attributes', async () => {
  const made = cloned({ 'a.yaml': 'a: 1\n', '.gitattributes': '* filter=evil diff=evil merge=evil\n' });
  made.put('evil', `#!/bin/sh\ntouch ${made.path('ran')}\nexec cat\n`, 0o755);
  for (const hook of hooks) made.put(`work/.git/hooks/${hook}`, `#!/bin/sh\ntouch ${made.path('ran')}\n`, 0o755);
  const base = made.git('work', 'rev-parse', 'HEAD');
  for (const key of programs) made.git('work', 'config', key, key === 'core.hooksPath' ? made.path('work/.git/hooks') : made.path('evil'));
  made.git('work', 'config', 'hook.evil.event', 'pre-push');
  made.put('work/a.yaml', 'a: changed\n');
  const repository = await opened(made);
  const remote = await remoteOf(repository);
  got(await readCommitTree(repository, base, ['.'], () => true));
  const commit = got(await committed(repository, base, { 'a.yaml': 'a: 2\n' }))?.hash ?? '';
  expect(await pushBranch(repository, remote, { branch: 'mainsheet/x', commit, expected: undefined })).toEqual({ state: 'pushed' });
  got(await firstParentHistory(repository, commit, ['a.yaml']));
  got(await commitsBetween(repository, base, commit));
  expect(existsSync(made.path('ran'))).toBe(false);
  // The trap works: a person's own git steps into it.
  made.git('work', 'status');
  expect(existsSync(made.path('ran'))).toBe(true);
});

it('a bare repository inside a work tree is not taken for one', async () => {
  const made = cloned({ 'a.yaml': 'a: 1\n' });
  made.git('work', 'init', '--quiet', '--bare', 'sub');
  made.git('work/sub', 'config', 'core.fsmonitor', made.path('evil'));
  made.git('work/sub', 'config', 'core.bare', 'false');
  made.git('work/sub', 'config', 'core.worktree', made.path('work'));
  expect(told(await openRepository(made.path('work/sub'), made.variables))[0]).toMatch(/^MS804[123] /);
});

it('variables of whoever calls lead nowhere else', async () => {
  const made = cloned();
  const other = cloned({ 'other.yaml': 'other: 1\n' });
  const trace = made.path('trace');
  const repository = await opened(made, 'work', {
    GIT_DIR: other.path('work/.git'),
    GIT_WORK_TREE: other.path('work'),
    GIT_INDEX_FILE: other.path('work/.git/index'),
    GIT_OBJECT_DIRECTORY: other.path('work/.git/objects'),
    GIT_NAMESPACE: 'evil',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: made.path('evil'),
    GIT_CONFIG_PARAMETERS: "'alias.log=!touch ran'",
    GIT_EXTERNAL_DIFF: 'touch ran',
    GIT_TRACE: trace,
    GIT_PAGER: 'touch ran',
    GIT_EXEC_PATH: made.path('evil'),
    GIT_TEMPLATE_DIR: made.path('evil'),
    GIT_ALLOW_PROTOCOL: 'ext',
    GIT_PROXY_COMMAND: 'touch ran',
    LD_PRELOAD: '/nonexistent.so',
  });
  expect(repository.topLevel).toBe(made.path('work'));
  const head = got(await resolveCommit(repository, 'HEAD')).hash;
  expect(head).toBe(made.git('work', 'rev-parse', 'HEAD'));
  const commit = got(await committed(repository, head, { b: '' }))?.hash ?? '';
  expect(await pushBranch(repository, await remoteOf(repository), { branch: 'x', commit, expected: undefined })).toEqual({
    state: 'pushed',
  });
  expect(existsSync(trace)).toBe(false);
});

it('a repository within another, or settings that lead elsewhere, are found as git finds them', async () => {
  const made = place();
  made.git('.', 'init', '--quiet', 'outer');
  made.git('outer', 'init', '--quiet', 'inner');
  expect((await opened(made, 'outer/inner')).topLevel).toBe(made.path('outer/inner'));
});
