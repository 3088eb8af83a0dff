import { chownSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { findBaseBranch } from '../../src/repo/git/base-branch.ts';
import { identitiesOf } from '../../src/repo/git/identity.ts';
import { missingFromDisk } from '../../src/repo/git/missing-from-disk.ts';
import { type PushOutcome, pushBranch } from '../../src/repo/git/push-branch.ts';
import { readCommitTree } from '../../src/repo/git/read-commit-tree.ts';
import { chooseRemote } from '../../src/repo/git/remote.ts';
import { remoteBranches } from '../../src/repo/git/remote-branches.ts';
import { openRepository } from '../../src/repo/git/repository.ts';
import { resolveCommit } from '../../src/repo/git/resolve-commit.ts';
import { unfinishedOperation } from '../../src/repo/git/unfinished-operation.ts';
import { cloned, commitIn, committed, got, opened, type Place, place, remoteOf } from '../repo/git/repositories.ts';

/** What a case finds; paths of this machine are shown as a person's. */
export interface Found {
  readonly diagnostics: readonly Diagnostic[];
  readonly made: Place;
}

/** Findings that no file leads to, but what stands around them does: git, and remotes. Each is acted out for real. */
export const outsideCases: Readonly<Record<string, () => Promise<Found>>> = {
  MS8010: () =>
    inClone(async (made) => {
      symlinkSync('../shared', made.path('work/environments'));
      const base = commitIn(made, 'work', {}, 'link');
      return await committed(await opened(made), base, { 'environments/prod/services/reviews.yaml': 'service: reviews\n' });
    }),
  MS8011: () =>
    inClone(async (made) => {
      made.put('origin.git/hooks/pre-receive', '#!/bin/sh\necho "branches of prod are made by the release team" >&2\nexit 1\n', 0o755);
      return await pushed(made, 'mainsheet/prod/reviews');
    }),
  MS8012: () =>
    inClone(async (made) => {
      made.git('work', 'push', '--quiet', 'origin', 'HEAD:refs/heads/mainsheet');
      return await pushed(made, 'mainsheet/prod/reviews');
    }),
  MS8013: () =>
    inClone(async (made) => {
      made.git('work', 'remote', 'set-url', 'origin', 'http://git.example.com/mesh.git');
      return await chooseRemote(await opened(made));
    }),
  MS8014: () =>
    inClone(async (made) => {
      writeFileSync(made.path('work/.git/MERGE_HEAD'), made.git('work', 'rev-parse', 'HEAD'));
      const finding = unfinishedOperation(await opened(made));
      return { diagnostics: finding === undefined ? [] : [finding] };
    }),
  MS8040: () => inClone(async (made) => await openRepository(made.path('work'), { ...made.variables, PATH: made.path('home') })),
  MS8041: () => inClone(async (made) => await openRepository(made.path('home'), made.variables)),
  MS8042: () =>
    inClone(async (made) => {
      for (const path of ['work', 'work/.git', 'work/.git/config']) chownSync(made.path(path), 65534, 65534);
      return await openRepository(made.path('work'), made.variables);
    }),
  MS8043: () => inClone(async (made) => await openRepository(made.path('origin.git'), made.variables)),
  MS8044: () =>
    inClone(async (made) => {
      made.git('work', 'push', '--quiet', 'origin', 'HEAD:refs/heads/release');
      made.git('.', 'clone', '--quiet', '--depth=1', `file://${made.path('origin.git')}`, 'shallow');
      return await resolveCommit(await opened(made, 'shallow'), 'release');
    }),
  MS8045: () =>
    inClone(async (made) => {
      made.git('work', 'remote', 'remove', 'origin');
      return await chooseRemote(await opened(made));
    }),
  MS8046: () =>
    inClone(async (made) => {
      made.git('work', 'remote', 'set-url', 'origin', 'http://127.0.0.1:1/mesh.git');
      const repository = await opened(made);
      return await remoteBranches(repository, await remoteOf(repository), []);
    }),
  MS8047: () =>
    inClone(async (made) => {
      made.git('work', 'remote', 'set-url', 'origin', made.path('elsewhere.git'));
      const repository = await opened(made);
      return await remoteBranches(repository, await remoteOf(repository), []);
    }),
  MS8048: () =>
    inClone(async (made) => {
      made.put('home/.gitconfig', '[user\n');
      return await openRepository(made.path('work'), made.variables);
    }),
  MS8049: () =>
    inClone(async (made) => {
      made.put('home/.gitconfig', '');
      return identitiesOf(await opened(made));
    }),
  MS8050: () =>
    inClone(async (made) => {
      made.put('home/.gitconfig', '[gpg]\n\tformat = ssh\n[user]\n\tsigningKey = ~/.ssh/gone.pub\n');
      return await committed(await opened(made), made.git('work', 'rev-parse', 'HEAD'), { b: '' }, { sign: true });
    }),
  MS8051: async () => {
    const made = place();
    made.git('.', 'init', '--quiet', 'work');
    return { made, diagnostics: (await resolveCommit(await opened(made), 'HEAD')).diagnostics };
  },
  MS8052: () =>
    inClone(async (made) => {
      made.git('origin.git', 'symbolic-ref', 'HEAD', 'refs/heads/none');
      made.git('work', 'update-ref', '-d', 'refs/remotes/origin/main');
      const repository = await opened(made);
      return await findBaseBranch(repository, await remoteOf(repository), {});
    }),
  MS8053: () =>
    inClone(async (made) => {
      commitIn(
        made,
        'work',
        { 'environments/prod/environment.yaml': '', 'environments/prod/services/reviews.yaml': '', 'site/a': '' },
        'two',
      );
      made.git('work', 'sparse-checkout', 'set', 'site');
      return { diagnostics: got(await missingFromDisk(await opened(made), ['environments', 'templates'])) };
    }),
  MS8060: () => inClone(async (made) => await resolveCommit(await opened(made), '--output=rendered/prod')),
  MS8061: () => inClone(async (made) => await resolveCommit(await opened(made), 'mian')),
  MS8062: () =>
    inClone(async (made) => {
      const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 120\n';
      const commit = commitIn(made, 'work', { 'environments/prod/services/reviews.yaml': pointer }, 'pointer');
      return await readCommitTree(await opened(made), commit, ['environments'], () => true);
    }),
  MS8063: () =>
    inClone(async (made) => {
      made.git('work', 'update-index', '--add', '--cacheinfo', `160000,${made.git('work', 'rev-parse', 'HEAD')},environments`);
      made.git('work', 'commit', '-qm', 'a submodule');
      return await readCommitTree(await opened(made), made.git('work', 'rev-parse', 'HEAD'), ['environments', 'templates'], () => true);
    }),
};

async function inClone(find: (made: Place) => Promise<{ readonly diagnostics: readonly Diagnostic[] }>): Promise<Found> {
  const made = cloned();
  const { diagnostics } = await find(made);
  return { made, diagnostics };
}

async function pushed(made: Place, branch: string): Promise<{ readonly diagnostics: readonly Diagnostic[] }> {
  const repository = await opened(made);
  const commit = made.git('work', 'rev-parse', 'HEAD');
  const outcome: PushOutcome = await pushBranch(repository, await remoteOf(repository), { branch, commit, expected: undefined });
  return outcome.state === 'failed' ? outcome : { diagnostics: [] };
}
