import { describe, expect, it } from 'vitest';
import { findBaseBranch } from '../../../src/repo/git/base-branch.ts';
import { fetchTip } from '../../../src/repo/git/fetch-commit.ts';
import { pushBranch } from '../../../src/repo/git/push-branch.ts';
import { chooseRemote } from '../../../src/repo/git/remote.ts';
import { remoteBranches, remoteDefaultBranch } from '../../../src/repo/git/remote-branches.ts';
import { cloned, commitIn, committed, got, opened, type Place, place, remoteOf, told } from './repositories.ts';

const branch = 'mainsheet/prod/reviews';

async function ready(format = 'sha1') {
  const made = cloned({ 'a.yaml': 'a: 1\n' }, format);
  const repository = await opened(made);
  const remote = await remoteOf(repository);
  const base = made.git('work', 'rev-parse', 'HEAD');
  const commitOf = async (text: string) => got(await committed(repository, base, { 'a.yaml': text }))?.hash ?? '';
  const push = (commit: string | null, expected?: string, name = branch) =>
    pushBranch(repository, remote, { branch: name, commit, expected });
  return { made, repository, remote, base, commitOf, push };
}

const tipOf = (made: Place, name = branch): string =>
  made.git('origin.git', 'for-each-ref', '--format=%(objectname)', `refs/heads/${name}`);

describe('pushing by lease', () => {
  it.each(['sha1', 'sha256'])('creates, advances and deletes a branch that is as expected (%s)', async (format) => {
    const { made, commitOf, push } = await ready(format);
    const [one, two] = [await commitOf('a: 2\n'), await commitOf('a: 3\n')];
    expect(await push(one)).toEqual({ state: 'pushed' });
    expect(await push(two, one)).toEqual({ state: 'pushed' });
    expect(tipOf(made)).toBe(two);
    expect(await push(null, two)).toEqual({ state: 'pushed' });
    expect([tipOf(made), await push(null)]).toEqual(['', { state: 'pushed' }]);
  });

  it('tells that someone was there first, and changes nothing', async () => {
    const { made, commitOf, push, base } = await ready();
    const [one, two] = [await commitOf('a: 2\n'), await commitOf('a: 3\n')];
    await push(one);
    expect(await push(two)).toEqual({ state: 'moved', tip: one });
    expect(await push(two, base)).toEqual({ state: 'moved', tip: one });
    expect(await push(null, two)).toEqual({ state: 'moved', tip: one });
    expect(await push(two, two, 'mainsheet/other')).toEqual({ state: 'moved', tip: undefined });
    expect(tipOf(made)).toBe(one);
  });

  it('is done where the branch is there already', async () => {
    const { commitOf, push, base } = await ready();
    const one = await commitOf('a: 2\n');
    await push(one);
    expect([await push(one), await push(one, one), await push(one, base)]).toEqual(Array(3).fill({ state: 'pushed' }));
  });

  it('refuses names that cannot stand beside others', async () => {
    const { commitOf, push } = await ready();
    const one = await commitOf('a: 2\n');
    await push(one);
    const refused = async (name: string) => {
      const outcome = await push(one, undefined, name);
      return outcome.state === 'failed' ? told(outcome) : outcome;
    };
    expect(await refused('mainsheet/prod')).toEqual([`MS8012 branch mainsheet/prod cannot stand beside ${branch}`]);
    expect(await refused(`${branch}/x`)).toEqual([`MS8012 branch ${branch}/x cannot stand beside ${branch}`]);
    expect(await refused('mainsheet/Prod/reviews')).toEqual([`MS8012 branch mainsheet/Prod/reviews cannot stand beside ${branch}`]);
    expect(await refused('--delete')).toEqual(['MS8060 "--delete" is no name of a branch: it begins like an option']);
  });

  it('shows what a server’s rule says, without colours, commands or noise', async () => {
    const { made, commitOf, push } = await ready();
    const hook = '#!/bin/sh\nprintf "\\033[31mbranch names need a ticket\\033[0m\\n::error::x\\n" >&2\nexit 1\n';
    made.put('origin.git/hooks/pre-receive', hook, 0o755);
    const outcome = await push(await commitOf('a: 2\n'));
    expect(outcome.state === 'failed' ? told(outcome) : outcome).toEqual([
      `MS8011 origin refused the push to ${branch}: pre-receive hook declined; branch names need a ticket; ::error::x`,
    ]);
  });

  it('runs no hook of the clone, takes no tag along, and leaves the clone’s refs alone', async () => {
    const { made, commitOf, push } = await ready();
    made.put('work/.git/hooks/pre-push', `#!/bin/sh\ntouch ${made.path('ran')}\nexit 1\n`, 0o755);
    made.git('work', 'config', 'push.followTags', 'true');
    made.git('work', 'tag', '--annotate', '--message', 'v1', 'v1');
    const refs = made.git('work', 'for-each-ref');
    expect(await push(await commitOf('a: 2\n'))).toEqual({ state: 'pushed' });
    expect([made.git('origin.git', 'tag'), made.git('work', 'for-each-ref')]).toEqual(['', refs]);
    expect(() => made.git('.', 'hash-object', 'ran')).toThrow();
  });

  it('runs nothing that the repository says of the remote', async () => {
    const { made } = await ready();
    made.put('evil', `#!/bin/sh\ntouch ${made.path('ran')}\n`, 0o755);
    for (const key of [
      'remote.origin.receivepack',
      'remote.origin.uploadpack',
      'core.sshCommand',
      'core.askPass',
      'credential.helper',
      'core.gitProxy',
      'core.alternateRefsCommand',
      'core.fsmonitor',
    ])
      made.git('work', 'config', key, made.path('evil'));
    made.git('work', 'config', 'remote.origin.vcs', 'evil');
    const repository = await opened(made);
    const base = made.git('work', 'rev-parse', 'HEAD');
    const commit = got(await committed(repository, base, { b: '' }))?.hash ?? '';
    expect(await pushBranch(repository, await remoteOf(repository), { branch, commit, expected: undefined })).toEqual({ state: 'pushed' });
    made.git('work', 'config', 'remote.origin.url', 'ssh://git@127.0.0.1:1/x.git');
    const far = await remoteBranches(repository, await remoteOf(await opened(made)), []);
    expect(far.diagnostics.map(({ code }) => code)).toEqual(['MS8046']);
    expect(() => made.git('.', 'hash-object', 'ran')).toThrow();
  });

  it('says that a remote is not there', async () => {
    const { made } = await ready();
    made.git('work', 'remote', 'set-url', 'origin', made.path('gone.git'));
    const repository = await opened(made);
    const outcome = await pushBranch(repository, await remoteOf(repository), { branch, commit: 'a'.repeat(40), expected: undefined });
    expect(outcome.state === 'failed' ? told(outcome)[0] : outcome).toMatch(
      /^MS8047 remote origin let nobody in: .*does not appear to be a git repository/,
    );
  });
});

describe('which remote', () => {
  const choice = async (made: Place, flag?: string) => {
    const { value, diagnostics } = await chooseRemote(await opened(made), flag);
    return value === undefined ? told({ diagnostics })[0] : `${value.remote.name}: ${value.because}`;
  };

  it('is the one that is named, followed, set, usual or only', async () => {
    const made = cloned();
    expect(await choice(made)).toBe('origin: the current branch follows it');
    made.git('work', 'remote', 'add', 'fork', made.path('origin.git'));
    expect(await choice(made, 'fork')).toBe('fork: named by --remote');
    made.git('work', 'checkout', '--quiet', '-b', 'change');
    expect(await choice(made)).toBe('origin: git’s usual remote');
    made.git('work', 'config', 'remote.pushDefault', 'fork');
    expect(await choice(made)).toBe('fork: remote.pushDefault says so');
    made.git('work', 'remote', 'remove', 'origin');
    made.git('work', 'config', '--unset', 'remote.pushDefault');
    expect(await choice(made)).toBe('fork: the only remote');
    made.git('work', 'remote', 'add', 'other', made.path('origin.git'));
    expect(await choice(made)).toBe('MS8045 no remote to work with: there are fork, other, and none is git’s usual one');
    expect(await choice(made, 'nope')).toBe('MS8045 no remote to work with: there is no "nope", only fork, other');
    made.git('.', 'init', '--quiet', 'alone');
    expect(told(await chooseRemote(await opened(made, 'alone')))).toEqual(['MS8045 no remote to work with: this repository has none']);
  });

  it.each([
    ['http://git.example.com/x.git', 'http:// is not encrypted'],
    ['git://git.example.com/x.git', 'it is read over git://, which knows no one and hides nothing'],
    ['ext::touch ran', 'it names a program of its own (`::`)'],
    ['ssh://-oProxyCommand=touch/x', 'it is no address'],
  ])('is not %s', async (address, reason) => {
    const made = cloned();
    made.git('work', 'config', 'remote.origin.url', address);
    expect(await choice(made)).toBe(`MS8013 Mainsheet does not talk to remote origin: ${reason}`);
  });

  it('is known without the password in its address, and where insteadOf leads', async () => {
    const made = place(
      '[url "https://git.example.com/"]\n\tinsteadOf = corp:\n[url "ssh://git@git.example.com/"]\n\tpushInsteadOf = corp:\n',
    );
    made.git('.', 'init', '--quiet', 'work');
    made.git('work', 'remote', 'add', 'origin', 'https://bot:s3cret%21@git.example.com:8443/x.git');
    made.git('work', 'remote', 'add', 'short', 'corp:x.git');
    const open = async (name: string) => got(await chooseRemote(await opened(made), name)).remote;
    expect(await open('origin')).toMatchObject({
      fetch: {
        address: 'https://git.example.com:8443/x.git',
        effective: 'https://git.example.com:8443/x.git',
        credentials: { host: 'git.example.com:8443', username: 'bot', password: 's3cret!' },
      },
    });
    expect(await open('short')).toMatchObject({
      fetch: { address: 'corp:x.git', effective: 'https://git.example.com/x.git', kind: { kind: 'https', host: 'git.example.com' } },
      push: { kind: { kind: 'ssh', host: 'git.example.com' } },
    });
  });
});

describe('which base branch', () => {
  it('is what is said, followed, remembered, or asked for', async () => {
    const made = cloned();
    commitIn(made, 'work', {}, 'x');
    made.git('work', 'push', '--quiet', 'origin', 'HEAD:refs/heads/release');
    const base = async (given = {}) => {
      const repository = await opened(made);
      const { value, diagnostics } = await findBaseBranch(repository, await remoteOf(repository), given);
      return value === undefined ? told({ diagnostics })[0] : `${value.branch}: ${value.because}`;
    };
    expect(await base({ flag: 'next', settings: 'main' })).toBe('next: given with --base');
    expect(await base({ settings: 'main' })).toBe('main: `base:` of mainsheet.yaml');
    expect(await base({ flag: '-x' })).toContain('MS8060');
    expect(await base()).toBe('main: the main branch of origin');
    made.git('work', 'checkout', '--quiet', '-b', 'change', 'origin/release');
    expect(await base()).toBe('release: change follows it');
    made.git('work', 'checkout', '--quiet', '--detach');
    made.git('work', 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release');
    expect(await base()).toBe('release: the main branch of origin, as of the clone');
    made.git('work', 'symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
    made.git('origin.git', 'symbolic-ref', 'HEAD', 'refs/heads/none');
    expect(await base()).toBe('main: the branch that git begins with');
    made.git('work', 'update-ref', '-d', 'refs/remotes/origin/main');
    expect(await base()).toContain('MS8052 the base branch is not known: no flag');
  });
});

describe('what is fetched', () => {
  it('is a tip with its objects, and no ref, whether the clone is shallow or not', async () => {
    const made = cloned();
    made.git('.', 'clone', '--quiet', `file://${made.path('origin.git')}`, 'whole');
    made.git('.', 'clone', '--quiet', '--depth=1', `file://${made.path('origin.git')}`, 'shallow');
    commitIn(made, 'work', { b: '' }, 'two');
    const tip = commitIn(made, 'work', { c: '' }, 'three');
    made.git('work', 'push', '--quiet', 'origin', 'main');
    for (const where of ['whole', 'shallow']) {
      const refs = made.git(where, 'for-each-ref');
      const repository = await opened(made, where);
      const remote = await remoteOf(repository);
      expect(got(await fetchTip(repository, remote, 'main', 'commit'))).toBe(tip);
      expect(made.git(where, 'ls-tree', '--name-only', tip)).toBe('a.yaml\nb\nc');
      expect(made.git(where, 'for-each-ref')).toBe(refs);
      expect(() => made.git(where, 'rev-parse', '--verify', 'FETCH_HEAD')).toThrow();
      expect(got(await fetchTip(repository, remote, 'gone', 'commit'))).toBeUndefined();
    }
    expect(made.git('shallow', 'rev-list', '--count', tip)).toBe('1');
    const shallow = await opened(made, 'shallow');
    expect(got(await fetchTip(shallow, await remoteOf(shallow), 'main', 'history'))).toBe(tip);
    expect(made.git('shallow', 'rev-list', '--count', tip)).toBe('3');
    expect(got(await remoteDefaultBranch(shallow, await remoteOf(shallow)))).toBe('main');
  });
});
