import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { PossibleGitea } from './build-gitea.ts';

export type CallGitea = (method: string, path: string, body?: object) => Promise<unknown>;

export interface Gitea {
  /** 'http://127.0.0.1:1234' */
  readonly origin: string;
  /** Of the bot that Mainsheet is, with the scopes that docs/forges.md asks for. */
  readonly botToken: string;
  /** Of jason, for git; the API is called by `asJason`. */
  readonly jasonToken: string;
  /** Calls the API as jason, who administers the server; throws what it refuses. */
  readonly asJason: CallGitea;
  /** Calls it as the bot. */
  readonly asBot: CallGitea;
  /** Waits until Gitea has worked off its queues, of pushes among others; what those have started beside it may go on. */
  readonly workOff: () => void;
  readonly stop: () => Promise<void>;
}

/** A real Gitea on a port of this machine, with the users jason and mainsheet-bot. Nothing of it outlives `stop`. */
export async function startGitea({ gitea, absent }: PossibleGitea): Promise<Gitea> {
  if (gitea === undefined) throw new Error(absent);
  const { program, staticRoot } = gitea;
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-gitea-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = join(folder, 'app.ini');
  mkdirSync(join(folder, 'home'));
  writeFileSync(config, settings(folder, staticRoot, port));
  const env = { PATH: process.env.PATH, HOME: join(folder, 'home'), GITEA_WORK_DIR: folder, USER: userInfo().username };
  const run = (...args: string[]) =>
    execFileSync(program, ['--config', config, ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  run('migrate');
  const user = (name: string, ...more: string[]) =>
    run(
      'admin',
      'user',
      'create',
      '--username',
      name,
      '--email',
      `${name}@example.com`,
      '--random-password',
      '--must-change-password=false',
      ...more,
    );
  const token = (name: string, scopes: string): string => {
    const told = run('admin', 'user', 'generate-access-token', '--username', name, '--token-name', 'test', '--scopes', scopes, '--raw');
    // On a slow machine Gitea writes warnings beside it.
    const [found] = /^[0-9a-f]{40}$/m.exec(told) ?? [];
    if (found === undefined) throw new Error(`Gitea gave ${name} no token: ${told}`);
    return found;
  };
  user('jason', '--admin');
  user('mainsheet-bot');
  const jasonToken = token('jason', 'all');
  const botToken = token('mainsheet-bot', 'write:repository,write:issue,read:user');
  const log = openSync(join(folder, 'log.txt'), 'a');
  const server = spawn(program, ['--config', config, 'web'], { env, stdio: ['ignore', log, log] });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const as =
    (bearer: string) =>
    async (method: string, path: string, body?: object): Promise<unknown> => {
      const headers = { authorization: `token ${bearer}`, 'content-type': 'application/json' };
      const answer = await fetch(`${origin}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    };
  const stop = async () => {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await untilItAnswers(`${origin}/api/v1/version`);
  const workOff = () => void run('manager', 'flush-queues', '--timeout', '60s');
  return { origin, botToken, jasonToken, asJason: as(jasonToken), asBot: as(botToken), workOff, stop };
}

function settings(folder: string, staticRoot: string, port: number): string {
  return `APP_NAME = test
RUN_USER = ${userInfo().username}
RUN_MODE = prod
WORK_PATH = ${folder}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
STATIC_ROOT_PATH = ${staticRoot}
APP_DATA_PATH = ${folder}/data
DISABLE_SSH = true
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
PATH = ${folder}/gitea.db
[repository]
ROOT = ${folder}/repositories
DEFAULT_BRANCH = main
[security]
INSTALL_LOCK = true
SECRET_KEY = not-a-secret
INTERNAL_TOKEN = not-a-secret-either
PASSWORD_HASH_ALGO = pbkdf2_v1
[service]
DISABLE_REGISTRATION = true
[log]
LEVEL = warn
[cron]
ENABLED = false
[git.timeout]
DEFAULT = 60
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilItAnswers(url: string): Promise<void> {
  for (let time = 0; time < 900; time++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('Gitea did not start');
}
