import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { proxiedFetch } from '../../src/cli/proxied-fetch.ts';
import { createForgeFetch } from '../../src/repo/forge/forge-fetch.ts';
import { impatient } from '../repo/forge/impatient.ts';

const token = 'glpat-s3cret';
let proxy: Server | undefined;
afterEach(() => proxy?.close());

/** A proxy that answers each CONNECT so; what it is told comes back. */
async function refusing(answer: string): Promise<{ readonly port: number; readonly told: string[] }> {
  const told: string[] = [];
  proxy = createServer((request, response) => {
    told.push(`${request.method} ${request.url}`);
    response.end();
  });
  proxy.on('connect', (request, socket) => {
    told.push(`CONNECT ${request.url} ${JSON.stringify(request.headers)}`);
    socket.end(answer);
  });
  await new Promise<void>((done) => proxy?.listen(0, '127.0.0.1', done));
  const address = proxy.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, told };
}

async function failureBy(variables: Readonly<Record<string, string>>): Promise<string> {
  const send = createForgeFetch('https://git.example.com', { ...impatient(), attempts: 1 }, proxiedFetch(variables));
  const request = { method: 'GET', headers: { authorization: `Bearer ${token}` }, body: null };
  return await send('https://git.example.com/api/v4/projects', request).then(
    () => 'an answer',
    (error: unknown) => String(error),
  );
}

describe('a forge that is reached by a proxy', () => {
  it.each([
    ['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', '407, it wants a name and a password'],
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', 'it answers 503'],
  ])('says that it was the proxy that refused, and shows it no token: %j', async (answer, words) => {
    const { port, told } = await refusing(answer);
    const failure = await failureBy({ HTTPS_PROXY: `http://jason:pa%40ss@127.0.0.1:${port}` });
    expect(failure).toContain(`the connection to the forge failed: ${words}, by the proxy 127.0.0.1:${port}`);
    expect(failure).not.toMatch(/pa%40ss|pa@ss/);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('CONNECT git.example.com:443');
    expect(told[0]).toContain(Buffer.from('jason:pa@ss').toString('base64'));
    expect(told[0]).not.toContain(token);
  });

  it('says of a proxy that is not there, and of one of another kind, which it is', async () => {
    expect(await failureBy({ HTTPS_PROXY: 'http://127.0.0.1:1' })).toContain('ECONNREFUSED, by the proxy 127.0.0.1:1');
    expect(await failureBy({ ALL_PROXY: 'socks5://127.0.0.1:1080' })).toContain(
      'only http and https proxies are known, by the proxy 127.0.0.1:1080',
    );
  });

  it('asks no proxy for what is excepted', async () => {
    const { port, told } = await refusing('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    await failureBy({ HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: 'git.example.com' });
    expect(told).toEqual([]);
  });
});
