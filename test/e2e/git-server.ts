import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** Programs are looked for where packages put servers, too. */
function find(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const nginx = find('nginx');
const fcgiwrap = find('fcgiwrap');
const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');

/** What is not installed here, for the reason of a skip; undefined where a server can run. */
export const missing: string | undefined =
  nginx === undefined || fcgiwrap === undefined
    ? `needs nginx and fcgiwrap (Debian: nginx-light, fcgiwrap); ${nginx === undefined ? 'nginx' : 'fcgiwrap'} is not here`
    : isExecutable(backend)
      ? undefined
      : 'needs git-http-backend, which comes with git';

export interface GitServer {
  /** 127.0.0.1:40123 */
  readonly host: string;
  readonly port: number;
  readonly stop: () => void;
}

export const user = { username: 'bot', password: 's3cret-t0ken/with+odd=parts' };

/** A real git server over HTTP, with authentication, for the bare repositories in `<folder>/srv`. */
export async function startGitServer(folder: string): Promise<GitServer> {
  const port = await freePort();
  const run = join(folder, 'run');
  for (const name of ['', 'body', 'fastcgi', 'proxy', 'uwsgi', 'scgi']) mkdirSync(join(run, name), { recursive: true });
  mkdirSync(join(folder, 'srv'), { recursive: true });
  writeFileSync(join(run, 'users'), `${user.username}:{PLAIN}${user.password}\n`);
  writeFileSync(join(run, 'nginx.conf'), configuration(folder, run, port));
  const children = [
    start(fcgiwrap ?? '', ['-c', '12', '-s', `unix:${join(run, 'fcgi.sock')}`]),
    start(nginx ?? '', ['-e', join(run, 'error.log'), '-c', join(run, 'nginx.conf')]),
  ];
  await until(async () => (await fetch(`http://127.0.0.1:${port}/none.git/info/refs`)).status === 401);
  return { host: `127.0.0.1:${port}`, port, stop: () => children.forEach(stop) };
}

/** Each is the head of a group of its own: the workers that it starts end with it. */
function start(program: string, words: readonly string[]): ChildProcess {
  return spawn(program, words, { stdio: 'ignore', detached: true });
}

function stop({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

function configuration(folder: string, run: string, port: number): string {
  return `daemon off; pid ${run}/nginx.pid; error_log ${run}/error.log; worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off; client_max_body_size 0;
  client_body_temp_path ${run}/body; fastcgi_temp_path ${run}/fastcgi; proxy_temp_path ${run}/proxy; uwsgi_temp_path ${run}/uwsgi; scgi_temp_path ${run}/scgi;
  server {
    listen 127.0.0.1:${port};
    location ~ ^/(.+\\.git/.*)$ {
      auth_basic git; auth_basic_user_file ${run}/users;
      fastcgi_pass unix:${run}/fcgi.sock; fastcgi_read_timeout 60s;
      fastcgi_param SCRIPT_FILENAME ${backend}; fastcgi_param GIT_PROJECT_ROOT ${folder}/srv; fastcgi_param GIT_HTTP_EXPORT_ALL "";
      fastcgi_param PATH_INFO /$1; fastcgi_param QUERY_STRING $query_string; fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type; fastcgi_param CONTENT_LENGTH $content_length; fastcgi_param REMOTE_USER $remote_user;
      fastcgi_param REMOTE_ADDR $remote_addr; fastcgi_param SERVER_PROTOCOL $server_protocol; fastcgi_param GIT_PROTOCOL $http_git_protocol;
      fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
    }
  }
}
`;
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 1_200; left > 0; left -= 1) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server does not answer');
}
