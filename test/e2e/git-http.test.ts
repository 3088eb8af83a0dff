import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fetchTip } from '../../src/repo/git/fetch-commit.ts';
import { type PushOutcome, pushBranch } from '../../src/repo/git/push-branch.ts';
import { openRemote } from '../../src/repo/git/remote.ts';
import { remoteBranches } from '../../src/repo/git/remote-branches.ts';
import type { Access } from '../../src/repo/git/transport.ts';
import type { Variables } from '../../src/repo/git/variables.ts';
import { runBuilt } from '../cli/built-cli.ts';
import { commitIn, committed, got, opened, type Place, place, told } from '../repo/git/repositories.ts';
import { type Fault, type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type GitServer, missing, startGitServer, user } from './git-server.ts';

const branch = 'mainsheet/prod/reviews';
const title = missing === undefined ? 'git over HTTP' : `git over HTTP: skipped, ${missing}`;

describe.skipIf(missing !== undefined)(title, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-server-')));
  let server: GitServer;
  beforeAll(async () => {
    server = await startGitServer(folder);
  });
  afterAll(() => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A repository on the server, and a clone of it that knows no password. */
  function world(name: string, { host = server.host, format = 'sha1' } = {}): Place & { readonly bare: (...words: string[]) => string } {
    const made = place();
    const path = join(folder, 'srv', `${name}.git`);
    made.git('.', 'init', '--quiet', '--bare', `--object-format=${format}`, path);
    made.git(path, 'config', 'http.receivepack', 'true');
    made.git('.', 'init', '--quiet', `--object-format=${format}`, 'work');
    commitIn(made, 'work', { 'a.yaml': 'a: 1\n' }, 'one');
    made.git('work', 'push', '--quiet', path, 'main');
    made.git('work', 'remote', 'add', 'origin', `http://${host}/${name}.git`);
    return { ...made, bare: (...words) => made.git(path, ...words) };
  }

  const access = (host = server.host, more: Partial<Access> = {}): Access => ({ credentials: { host, ...user }, ...more });

  async function pusher(made: Place, given: Access, variables: Variables = {}) {
    const repository = await opened(made, 'work', variables);
    const remote = got(await openRemote(repository, 'origin'));
    const base = made.git('work', 'rev-parse', 'HEAD');
    const commitOf = async (text: string) => got(await committed(repository, base, { 'a.yaml': text }))?.hash ?? '';
    const push = (commit: string | null, expected?: string) => pushBranch(repository, remote, { branch, commit, expected }, given);
    return { repository, remote, base, commitOf, push };
  }

  async function proxied(decide: (line: string, nth: number) => Fault): Promise<FaultProxy> {
    const proxy = await startFaultProxy(server.port, decide);
    onTestFinished(proxy.stop);
    return proxy;
  }

  const isPush = (line: string): boolean => /^POST .*git-receive-pack$/.test(line);
  const words = (outcome: PushOutcome) => (outcome.state === 'failed' ? told(outcome) : outcome);

  it.each(['sha1', 'sha256'])('pushes, advances, reads and deletes with a token (%s)', async (format) => {
    const made = world(`token-${format}`, { format });
    const { push, commitOf, repository, remote } = await pusher(made, access());
    const [one, two] = [await commitOf('a: 2\n'), await commitOf('a: 3\n')];
    expect(await push(one)).toEqual({ state: 'pushed' });
    expect(await push(two, one)).toEqual({ state: 'pushed' });
    expect(got(await remoteBranches(repository, remote, [], access())).get(branch)).toBe(two);
    expect(got(await fetchTip(repository, remote, branch, 'commit', access()))).toBe(two);
    expect(await push(null, two)).toEqual({ state: 'pushed' });
    expect(made.bare('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('shows the token in no command line, no file and no variable of git’s own, while it pushes', async () => {
    const lines: string[] = [];
    const proxy = await proxied(() => {
      lines.push(...commandLines());
      return 'none';
    });
    const made = world('argv', { host: proxy.host });
    made.put('bin/git', `#!/bin/sh\nprintf '%s\\n' "$*" >> ${made.path('argv')}\nexec ${realGit()} "$@"\n`, 0o755);
    const { push, commitOf } = await pusher(made, access(proxy.host), { PATH: `${made.path('bin')}:${process.env.PATH}` });
    expect(await push(await commitOf('a: 2\n'))).toEqual({ state: 'pushed' });
    const recorded = readFileSync(made.path('argv'), 'utf8');
    expect(recorded).toContain('push --porcelain');
    if (process.platform === 'linux') expect(lines.some((line) => line.includes('remote-http'))).toBe(true);
    const files = readdirSync(made.path('work/.git'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    for (const text of [recorded, ...lines, ...texts]) {
      expect(text).not.toContain(user.password);
      expect(text).not.toContain(encodeURIComponent(user.password));
    }
    expect(proxy.seen.some(({ authorization }) => authorization === `Basic ${btoa(`${user.username}:${user.password}`)}`)).toBe(true);
  });

  it('takes a token out of an address, and another header that CI left in the clone out of the way', async () => {
    const made = world('address');
    made.git(
      'work',
      'remote',
      'set-url',
      'origin',
      `http://${user.username}:${encodeURIComponent(user.password)}@${server.host}/address.git`,
    );
    const inAddress = await pusher(made, {});
    expect(await inAddress.push(await inAddress.commitOf('a: 2\n'))).toEqual({ state: 'pushed' });
    made.git('work', 'remote', 'set-url', 'origin', `http://${server.host}/address.git`);
    made.git('work', 'config', `http.http://${server.host}/.extraheader`, 'AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=');
    const { push, commitOf } = await pusher(made, access());
    expect(await push(await commitOf('a: 3\n'), await inAddress.commitOf('a: 2\n'))).toEqual({ state: 'pushed' });
  });

  it('says that nobody was let in, without asking on a terminal and without showing what was tried', async () => {
    const made = world('nobody');
    const commit = await (await pusher(made, {})).commitOf('a: 2\n');
    expect(words(await (await pusher(made, {})).push(commit))).toEqual([
      expect.stringMatching(/^MS8047 remote origin let nobody in: .*could not read Username/),
    ]);
    const wrong = { host: server.host, username: 'bot', password: 'wrong-pa55word' };
    const outcome = words(await (await pusher(made, { credentials: wrong })).push(commit));
    expect(outcome).toEqual([expect.stringMatching(/^MS8047 remote origin let nobody in: /)]);
    expect(JSON.stringify(outcome)).not.toContain('wrong-pa55word');
  });

  it('gives a token to its own host alone, and follows no redirection with it', async () => {
    const elsewhere = await proxied(() => 'none');
    const proxy = await proxied((line) => ({ status: 301, headers: { location: `http://${elsewhere.host}${line.split(' ')[1]}` } }));
    const made = world('redirected', { host: proxy.host });
    const commit = await (await pusher(made, {})).commitOf('a: 2\n');
    expect(words(await (await pusher(made, access(proxy.host))).push(commit))).toEqual([expect.stringMatching(/^MS804[67] /)]);
    expect(elsewhere.seen).toEqual([]);
    made.git('work', 'remote', 'set-url', 'origin', `http://${elsewhere.host}/redirected.git`);
    expect(words(await (await pusher(made, access(proxy.host))).push(commit))).toEqual([expect.stringMatching(/^MS8047 /)]);
    expect(elsewhere.seen.map(({ authorization }) => authorization).filter((one) => one !== undefined)).toEqual([]);
  });

  it('shows what a rule of the server says', async () => {
    const made = world('refused');
    writeFileSync(join(folder, 'srv/refused.git/hooks/pre-receive'), '#!/bin/sh\necho "protected: ask the owners of prod" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const { push, commitOf } = await pusher(made, access());
    expect(words(await push(await commitOf('a: 2\n')))).toEqual([
      `MS8011 origin refused the push to ${branch}: pre-receive hook declined; protected: ask the owners of prod`,
    ]);
  });

  it('tries once more where a server is out for a moment, and not for ever', async () => {
    const proxy = await proxied((line, nth) => (isPush(line) && nth === 1 ? { status: 503, headers: { 'retry-after': '1' } } : 'none'));
    const made = world('moment', { host: proxy.host });
    const { push, commitOf } = await pusher(made, access(proxy.host));
    expect(await push(await commitOf('a: 2\n'))).toEqual({ state: 'pushed' });
    const out = await proxied(() => ({ status: 503 }));
    made.git('work', 'remote', 'set-url', 'origin', `http://${out.host}/moment.git`);
    const gone = await pusher(made, access(out.host));
    expect(words(await gone.push(await gone.commitOf('a: 3\n')))).toEqual([expect.stringMatching(/^MS8046 .*503/)]);
    expect(out.seen.length).toBeLessThan(6);
  });

  it('believes the branch, not the answer, where a push landed and its answer was lost', async () => {
    const proxy = await proxied((line, nth) => (isPush(line) && nth === 1 ? 'lost' : 'none'));
    const made = world('lost', { host: proxy.host });
    const { push, commitOf } = await pusher(made, access(proxy.host));
    const commit = await commitOf('a: 2\n');
    expect(await push(commit)).toEqual({ state: 'pushed' });
    expect(made.bare('rev-parse', branch)).toBe(commit);
  });

  it('waits for a silent server no longer than it was told', async () => {
    const proxy = await proxied(() => 'hang');
    const made = world('silent', { host: proxy.host });
    const { repository, remote } = await pusher(made, {});
    const found = await remoteBranches(repository, remote, [], access(proxy.host, { patience: 300 }));
    expect(told(found)).toEqual([expect.stringMatching(/^MS8046 .*(too slow|timed out)/i)]);
  });

  const rounds = Array.from({ length: Number(process.env.RACE_ROUNDS ?? 3) }, (_, i) => i + 1);
  it.each(rounds)('lets one of twelve win, and tells the others (round %i)', async (round) => {
    const made = world(`race-${round}`);
    const { repository, remote, base, commitOf } = await pusher(made, access());
    const commits: string[] = [];
    for (let i = 0; i < 12; i += 1) commits.push(await commitOf(`a: ${i + 10}\n`));
    const race = async (expected?: string) =>
      await Promise.all(commits.map((commit) => pushBranch(repository, remote, { branch, commit, expected }, access())));
    const created = await race();
    const tip = made.bare('rev-parse', branch);
    expect(created.filter(({ state }) => state === 'pushed')).toHaveLength(1);
    expect(created.filter(({ state }) => state === 'moved')).toEqual(Array(11).fill({ state: 'moved', tip }));
    const two = await commitOf('a: 2\n');
    expect(await pushBranch(repository, remote, { branch, commit: two, expected: tip }, access())).toEqual({ state: 'pushed' });
    const advanced = await race(two);
    expect(advanced.map(({ state }) => state).sort()).toEqual([...Array(11).fill('moved'), 'pushed']);
    expect(base).not.toBe(made.bare('rev-parse', branch));
  });

  it('says plainly that the two repositories hash differently', async () => {
    const made = world('hashes', { format: 'sha256' });
    made.git('.', 'init', '--quiet', 'other');
    commitIn(made, 'other', { a: '' }, 'one');
    made.git('other', 'remote', 'add', 'origin', `http://${server.host}/hashes.git`);
    const repository = await opened(made, 'other');
    const remote = got(await openRemote(repository, 'origin'));
    const outcome = await pushBranch(
      repository,
      remote,
      { branch, commit: made.git('other', 'rev-parse', 'HEAD'), expected: undefined },
      access(),
    );
    expect(words(outcome)).toEqual([expect.stringMatching(/^MS804[68] /)]);
  });

  it('names, in a shallow clone, a line that can be copied and works', async () => {
    const made = world('shallow');
    made.put('work/environments/prod/environment.yaml', 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\n');
    commitIn(made, 'work', {}, 'two');
    const path = join(folder, 'srv/shallow.git');
    made.git('work', 'push', '--quiet', path, 'HEAD:main', 'HEAD~1:refs/heads/release');
    made.git('.', 'clone', '--quiet', '--depth=1', `file://${path}`, 'shallow');
    const { HOME = '' } = made.variables;
    const diff = () => runBuilt(['diff', '--base', 'release'], made.path('shallow'), { HOME, GIT_CONFIG_NOSYSTEM: '1' });
    const before = diff();
    expect([before.code, before.stderr]).toEqual([
      3,
      expect.stringContaining('error[MS8044] history-available: release is not in this clone'),
    ]);
    const [, line = ''] = /`git (fetch [^`]+)`/.exec(before.stderr) ?? [];
    made.git('shallow', ...line.split(' '));
    expect(diff()).toMatchObject({ code: 0, stdout: expect.stringContaining('prod: origin/release:rendered/prod → intents') });
  });
});

/** Of every process of this machine, where it tells. */
function commandLines(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}

function realGit(): string {
  const found = (process.env.PATH ?? '').split(':').find((folder) => readable(join(folder, 'git')));
  return join(found ?? '/usr/bin', 'git');
}

function readable(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
