import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCli } from '../../cli/built-cli.ts';
import { identity, reviews, reviewsFile, someFiles } from '../../cli/propose-fixtures.ts';
import type { Ended } from '../rollout-world.ts';
import { possibleGitea } from './build-gitea.ts';
import { type GiteaWorld, giteaWorld } from './gitea-world.ts';
import { type Gitea, startGitea } from './start-gitea.ts';

const built = await possibleGitea();
const absent = [
  ...(built.absent === undefined ? [] : [built.absent]),
  ...(spawnSync('openssl', ['version']).status === 0 ? [] : ['needs openssl']),
];
const title = 'a forge in a network that is left by a proxy alone';
/** Known to the proxy, and to no name server. */
const host = 'gitea.example.test';

describe.skipIf(absent.length > 0)(absent.length === 0 ? title : `${title}: skipped, ${absent.join(', ')}`, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-proxy-')));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  let server: Gitea;
  let world: GiteaWorld;
  let secure: Server;
  let proxy: Server;
  const told: string[] = [];
  const passed: Buffer[] = [];

  beforeAll(async () => {
    server = await startGitea(built);
    world = await giteaWorld(server, 'corporate', someFiles);
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert];
    const names = ['-days', '2', '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    execFileSync('openssl', ['req', '-x509', ...curve, ...names], { stdio: 'ignore' });
    // In front of Gitea, which itself speaks http here.
    secure = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const passing = httpRequest(`${server.origin}${url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passing);
    });
    proxy = createServer((incoming, outgoing) => {
      told.push(`${incoming.method} ${incoming.url}`);
      outgoing.writeHead(400).end();
    });
    proxy.on('connect', (incoming, socket, head) => {
      told.push(`CONNECT ${incoming.url} ${JSON.stringify(incoming.headers)}`);
      if (incoming.url !== `${host}:443`) {
        socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
        return;
      }
      const onward = connect(portOf(secure), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.write(head);
        socket.on('data', (chunk: Buffer) => passed.push(chunk));
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    for (const one of [secure, proxy]) await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
    world.git('remote', 'add', 'corporate', `https://${host}/jason/corporate.git`);
  }, 600_000);
  afterAll(async () => {
    secure?.close();
    proxy?.close();
    world?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Beside this process, in which the proxy is. */
  function propose(variables: Readonly<Record<string, string>>): Promise<Ended> {
    const env = { ...identity, GITEA_TOKEN: server.botToken, NODE_EXTRA_CA_CERTS: cert, GIT_SSL_CAINFO: cert, ...variables };
    const child = spawn(process.execPath, [builtCli(), 'propose', '--remote', 'corporate', '--base', 'main'], { cwd: world.work, env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stderr += String(text)));
    return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  }

  it('is reached by it, and the proxy never sees a token', async () => {
    world.put(reviewsFile, reviews('canary: {version: v2, percent: 10}\n'));
    const ended = await propose({ HTTPS_PROXY: `http://jason:pa%40ss@127.0.0.1:${portOf(proxy)}` });
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('1 created') });
    expect(await world.pulls()).toMatchObject([{ title: 'prod: reviews v2 gets 10 %', author: 'mainsheet-bot' }]);
    // git and the API's client alike, each with the proxy's own password.
    expect(told.length).toBeGreaterThan(3);
    const password = Buffer.from('jason:pa@ss').toString('base64');
    for (const words of told) expect(words).toContain(`CONNECT ${host}:443 `);
    expect(told.some((words) => words.includes(password))).toBe(true);
    const seen = `${told.join('\n')}${Buffer.concat(passed).toString('latin1')}`;
    expect(seen).not.toContain(server.botToken);
    expect(seen).not.toContain(Buffer.from(`x-access-token:${server.botToken}`).toString('base64'));
    expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/pa%40ss|pa@ss/);
  });

  it('is not reached without it, nor where it is excepted', async () => {
    told.length = 0;
    for (const variables of [{}, { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`, NO_PROXY: '.example.test' }]) {
      const { code, stderr } = await propose(variables);
      expect([code, stderr]).toEqual([3, expect.stringMatching(/resolve host|not reached|connection/i)]);
    }
    expect(told).toEqual([]);
  });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
