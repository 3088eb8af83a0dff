import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtCli } from '../cli/built-cli.ts';
import { identity, reviews, reviewsFile, someFiles } from '../cli/propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const top = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-propose-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync(realGit, [...words], { cwd: folder, encoding: 'utf8', env: identity, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the built command in a process of its own; `path` comes before the usual one. */
function propose(folder: string, path?: string): Promise<Ended> {
  const env = { ...identity, ...(path === undefined ? {} : { PATH: `${path}:${identity.PATH}` }) };
  const child: ChildProcess = spawn(process.execPath, [builtCli(), 'propose'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** A rendered repository, and a bare remote of it. */
function world(name: string): { readonly here: string; readonly remote: string } {
  const here = join(top, name, 'work');
  const remote = join(top, name, 'remote.git');
  for (const [path, text] of Object.entries(someFiles)) {
    mkdirSync(join(here, path, '..'), { recursive: true });
    writeFileSync(join(here, path), text);
  }
  git(here, 'init', '-q', '-b', 'main');
  execFileSync(process.execPath, [builtCli(), 'render'], { cwd: here, env: identity, stdio: 'ignore' });
  git(here, 'add', '-A');
  git(here, 'commit', '-qm', 'begin');
  git(top, 'clone', '-q', '--bare', here, remote);
  git(here, 'remote', 'add', 'origin', remote);
  return { here, remote };
}

function pullRequests(remote: string): readonly string[] {
  const folder = join(remote, 'mainsheet/pull-requests');
  return existsSync(folder) ? readdirSync(folder).filter((file) => /^\d+\.md$/.test(file)) : [];
}

/** One branch of one commit on main, with this share, and one open pull request that says so. */
function expectOne(remote: string, percent: number): void {
  expect(git(remote, 'rev-list', '--count', `main..${branch}`)).toBe('1');
  expect(git(remote, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe(`main\n${branch}`);
  expect(git(remote, 'show', `${branch}:rendered/prod/service/reviews.yaml`)).toContain(`weight: ${percent}`);
  const states = pullRequests(remote).map((file) => [file, /^state: "(.*)"$/m.exec(pageOf(remote, file))?.[1]]);
  const open = states.flatMap(([file, state]) => (state === 'open' ? [file] : []));
  expect(open, JSON.stringify(states)).toHaveLength(1);
  expect(pageOf(remote, open[0] ?? '')).toContain(`v2 ${percent} %`);
}

function pageOf(remote: string, file: string): string {
  return readFileSync(join(remote, 'mainsheet/pull-requests', file), 'utf8');
}

describe('propose, by many at once', () => {
  const rounds = Number(process.env.FUZZ_RUNS ?? 10);
  it(`${rounds} rounds of 12 runs, every other one from nothing: one branch, one pull request, and nobody fails`, async () => {
    const { here, remote } = world('parallel');
    const clones = Array.from({ length: 12 }, (_, i) => {
      const clone = join(top, 'parallel', `clone-${i}`);
      git(top, 'clone', '-q', remote, clone);
      return clone;
    });
    expect(existsSync(here)).toBe(true);
    for (let round = 1; round <= rounds; round += 1) {
      const percent = 10 + (round % 80);
      if (round > 1 && round % 2 === 1) {
        git(remote, 'update-ref', '-d', `refs/heads/${branch}`);
        rmSync(join(remote, 'mainsheet'), { recursive: true });
      }
      for (const clone of clones) writeFileSync(join(clone, reviewsFile), reviews(`canary: {version: v2, percent: ${percent}}\n`));
      const ended = await Promise.all(clones.map((clone) => propose(clone)));
      expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
      expectOne(remote, percent);
      // Not even for a moment was there a second one.
      expect(pullRequests(remote)).toEqual(['1.md']);
    }
  }, 1_800_000);
});

describe('propose, killed', () => {
  it('at any call of git, before it or after it, is finished by the next run', async () => {
    const calls = await callsOf('whole', 0, 'after');
    expect(calls).toBeGreaterThan(15);
    for (let fatal = 1; fatal <= calls; fatal += 1)
      for (const when of ['before', 'after'] as const) await callsOf(`killed-${when}-${fatal}`, fatal, when);
  }, 1_800_000);

  /** Kills the run at one of its calls, runs again, and looks at what there is; returns how many calls a run that lives makes. */
  async function callsOf(name: string, fatal: number, when: 'before' | 'after'): Promise<number> {
    const { here, remote } = original();
    const copy = join(top, name);
    cpSync(here, join(copy, 'work'), { recursive: true });
    cpSync(remote, join(copy, 'remote.git'), { recursive: true });
    git(join(copy, 'work'), 'remote', 'set-url', 'origin', join(copy, 'remote.git'));
    writeFileSync(join(copy, 'work', reviewsFile), reviews('canary: {version: v2, percent: 10}\n'));
    const counts = join(copy, 'calls');
    const wrapper = join(copy, 'bin/git');
    mkdirSync(join(copy, 'bin'));
    mkdirSync(counts);
    const kill = (at: string) => `[ "$n" = ${fatal} ] && [ ${when} = ${at} ] && kill -9 $PPID`;
    // Some calls are made at the same time: each takes the first number that is free.
    const number = `n=1; while ! mkdir '${counts}'/$n 2>/dev/null; do n=$((n + 1)); done`;
    writeFileSync(wrapper, `#!/bin/sh\n${number}\n${kill('before')}\n'${realGit}' "$@"\ncode=$?\n${kill('after')}\nexit $code\n`);
    chmodSync(wrapper, 0o755);
    const first = await propose(join(copy, 'work'), join(copy, 'bin'));
    const calls = readdirSync(counts).length;
    if (fatal > 0) expect([name, first.code]).toEqual([name, null]);
    const second = await propose(join(copy, 'work'));
    expect([name, second.code, second.output]).toEqual([name, 0, second.output]);
    expectOne(join(copy, 'remote.git'), 10);
    rmSync(copy, { recursive: true });
    return calls;
  }

  let made: ReturnType<typeof world> | undefined;
  function original(): ReturnType<typeof world> {
    made ??= world('killed');
    return made;
  }
});
