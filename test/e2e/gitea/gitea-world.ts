import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Answer, listIn, member, objectIn, optionalText, text, wholeNumber } from '../../../src/repo/forge/read-answer.ts';
import { runBuilt } from '../../cli/built-cli.ts';
import { identity, jason } from '../../cli/propose-fixtures.ts';
import type { Ended } from '../rollout-world.ts';
import type { Gitea } from './start-gitea.ts';

/** A repository on Gitea, the work tree of jason, to whom it belongs, and a bot that has the token of Mainsheet. */
export interface GiteaWorld {
  /** jason's work tree. */
  readonly work: string;
  /** Runs a command in jason's work tree, with the bot's token. */
  readonly here: (...words: readonly string[]) => Ended;
  /** Runs it as a scheduled job does: with the same token, in a new clone of the main branch. */
  readonly job: (...words: readonly string[]) => Ended;
  /** jason's git, in the work tree. */
  readonly git: (...words: readonly string[]) => string;
  readonly put: (path: string, text: string) => void;
  /** Commits all that is in the work tree, and pushes it to main. */
  readonly land: (message: string) => void;
  /** The work tree as main is now, with nothing edited. */
  readonly refresh: () => void;
  /** A commit of jason's on a branch. */
  readonly commitOn: (branch: string, message: string) => void;
  /** The commit of a branch on the server; '' where there is none. */
  readonly tip: (branch: string) => string;
  /** A file of a branch on the server. */
  readonly show: (branch: string, path: string) => string;
  /** jason's calls of the API, beneath the repository. */
  readonly asJason: (method: string, path: string, body?: object) => Promise<unknown>;
  /** The same as the bot's. */
  readonly asBot: (method: string, path: string, body?: object) => Promise<unknown>;
  /** All pull requests, the newest first. */
  readonly pulls: () => Promise<readonly SeenPull[]>;
  /** As jason does by a button, once Gitea has looked for conflicts. */
  readonly merge: (number: number, how?: 'merge' | 'squash' | 'rebase', deletesBranch?: boolean) => Promise<void>;
  /** Gitea does some things a moment later. */
  readonly until: (isSo: () => Promise<boolean>) => Promise<void>;
  readonly comments: (number: number) => Promise<readonly string[]>;
  /** What anyone can see of it: branches, pull requests with what happened to them, and statuses. Equal before and after a run that changes nothing. */
  readonly state: () => Promise<string>;
  readonly stop: () => void;
}

/** What Gitea shows of a pull request. */
export interface SeenPull {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly body: string;
  readonly base: string;
  readonly branch: string;
  readonly head: string;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly author: string;
}

/** Begins with rendered files on main, and the labels that a test asks for. */
export async function giteaWorld(server: Gitea, name: string, files: Readonly<Record<string, string>>): Promise<GiteaWorld> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-gitea-world-')));
  const own = `/repos/jason/${name}`;
  const address = `${server.origin}/jason/${name}.git`;
  const work = join(folder, 'work');
  const askpass = join(folder, 'askpass.sh');
  writeFileSync(askpass, '#!/bin/sh\ncase "$1" in Username*) echo jason;; *) printf "%s\\n" "$GIT_TOKEN";; esac\n');
  chmodSync(askpass, 0o755);
  const person = { ...identity, ...jason, GIT_ASKPASS: askpass, GIT_TOKEN: server.jasonToken, GIT_TERMINAL_PROMPT: '0' };
  const gitIn = (where: string, ...words: readonly string[]): string =>
    execFileSync('git', [...words], { cwd: where, encoding: 'utf8', env: person, stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const git = (...words: readonly string[]) => gitIn(work, ...words);
  const run = (where: string, words: readonly string[]): Ended => runBuilt(words, where, { ...identity, GITEA_TOKEN: server.botToken });
  const put = (path: string, content: string): void => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content);
  };
  const asJason = (method: string, path: string, body?: object) => server.asJason(method, `${own}${path}`, body);
  const asBot = (method: string, path: string, body?: object) => server.asBot(method, `${own}${path}`, body);
  const land = (message: string): void => {
    git('add', '-A');
    git('commit', '-qm', message);
    git('push', '-q', 'origin', 'HEAD:main');
  };

  await server.asJason('POST', '/user/repos', { name, default_branch: 'main' });
  await asJason('PUT', '/collaborators/mainsheet-bot', { permission: 'write' });
  for (const label of ['mainsheet', 'traffic']) await asJason('POST', '/labels', { name: label, color: '#00aabb' });
  gitIn(folder, 'init', '-q', '-b', 'main', work);
  git('remote', 'add', 'origin', address);
  for (const [path, content] of Object.entries({ 'mainsheet.yaml': 'forge: gitea\n', ...files })) put(path, content);
  const rendered = run(work, ['render']);
  if (rendered.code !== 0) throw new Error(rendered.stderr);
  land('the mesh');
  git('fetch', '-q');
  git('branch', '-q', '--set-upstream-to', 'origin/main');
  // Until Gitea has taken the first push in, the repository is an empty one, which has no pull requests to ask for.
  await until(async () => objectIn(await asJason('GET', ''), 'the repository').empty === false);

  const tip = (branch: string) => git('ls-remote', 'origin', `refs/heads/${branch}`).slice(0, 40);
  const pulls = async (): Promise<readonly SeenPull[]> => listIn(await asJason('GET', '/pulls?state=all&limit=50'), 'pulls').map(seenPull);
  const comments = async (number: number): Promise<readonly string[]> =>
    listIn(await asJason('GET', `/issues/${number}/comments`), 'comments').map((one) => text(one, 'body'));
  const timeline = async (number: number) => listIn(await asJason('GET', `/issues/${number}/timeline?limit=100`), 'timeline');
  /** Whether Gitea has taken in the last push to a pull request's branch: its head first, and what the timeline says of it later. */
  const isTaken = async ({ number, state, branch, head }: SeenPull): Promise<boolean> =>
    state !== 'open' || (tip(branch) === head && lastPushed(await timeline(number)) === head);
  const look = async (): Promise<string> => {
    const all = await pulls();
    const happened = all.map(async ({ number, head }) => [
      (await timeline(number)).map(withoutTimes),
      listIn(await asJason('GET', `/commits/${head}/statuses`), 'statuses').map(withoutTimes),
    ]);
    return JSON.stringify([git('ls-remote', 'origin', 'refs/heads/*'), all, await Promise.all(happened)]);
  };
  let jobs = 0;
  return {
    ...{ work, put, land, git, tip, asJason, asBot, pulls, comments },
    here: (...words) => run(work, words),
    job: (...words) => {
      jobs += 1;
      const clone = join(folder, `job-${jobs}`);
      gitIn(folder, 'clone', '-q', address, clone);
      return run(clone, words);
    },
    refresh: () => {
      git('fetch', '-q', '--prune');
      git('reset', '-q', '--hard', 'origin/main');
    },
    commitOn: (branch, message) => {
      git('fetch', '-q', '--prune');
      const tree = git('rev-parse', `origin/${branch}^{tree}`);
      const commit = git('commit-tree', tree, '-p', `origin/${branch}`, '-m', message);
      git('push', '-q', 'origin', `${commit}:refs/heads/${branch}`);
    },
    show: (branch, path) => {
      git('fetch', '-q', '--prune');
      return `${git('show', `origin/${branch}:${path}`)}\n`;
    },
    until,
    merge: async (number, how = 'merge', deletesBranch = false) => {
      const call = () => asJason('POST', `/pulls/${number}/merge`, { Do: how, delete_branch_after_merge: deletesBranch });
      let refusal: unknown;
      await until(async () => {
        refusal = await call().then(
          () => undefined,
          (error: unknown) => error,
        );
        return !(refusal instanceof Error && refusal.message.includes('try again later'));
      });
      if (refusal !== undefined) throw refusal;
    },
    state: async () => {
      // A push waits in a queue, whose work starts another task for each pull request, which ends by queueing a search for conflicts.
      server.workOff();
      await until(async () => (await Promise.all((await pulls()).map(isTaken))).every(Boolean));
      server.workOff();
      let seen = await look();
      // What is seen twice has come to rest.
      await until(async () => {
        const before = seen;
        seen = await look();
        return seen === before;
      });
      return seen;
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('it does not become so');
}

function seenPull(pull: Answer): SeenPull {
  const isMerged = pull.merged === true;
  return {
    number: wholeNumber(pull, 'number'),
    state: isMerged ? 'merged' : text(pull, 'state') === 'open' ? 'open' : 'closed',
    title: text(pull, 'title'),
    body: text(pull, 'body'),
    base: text(member(pull, 'base'), 'ref'),
    // Where the branch is gone, `ref` is the pull request's own.
    branch: text(member(pull, 'head'), 'label'),
    head: text(member(pull, 'head'), 'sha'),
    draft: pull.draft === true,
    labels: listIn(pull.labels ?? [], 'labels').map((one) => text(one, 'name')),
    author: text(member(pull, 'user'), 'login'),
  };
}

/**
 * The commit that the newest push which a timeline tells of led to. Gitea writes `{"is_force_push":false,"commit_ids":[…, head]}` for a pull request
 * that is opened and for each push to it; for one that is no fast-forward, behind that, `{"is_force_push":true,"commit_ids":[before, head]}`.
 */
function lastPushed(timeline: readonly Answer[]): string | undefined {
  const pushes = timeline.filter((event) => event.type === 'pull_push').sort((a, b) => wholeNumber(a, 'id') - wholeNumber(b, 'id'));
  const newest = pushes.at(-1);
  if (newest === undefined) return undefined;
  const { commit_ids: commits } = objectIn(JSON.parse(text(newest, 'body')), 'the push');
  return Array.isArray(commits) && typeof commits.at(-1) === 'string' ? commits.at(-1) : undefined;
}

/** What happened, without what changes by itself, such as when someone was last seen. */
function withoutTimes(event: Answer): readonly unknown[] {
  return [
    event.id,
    ...['type', 'body', 'old_title', 'new_title', 'context', 'status', 'description'].map((key) => optionalText(event, key)),
  ];
}
