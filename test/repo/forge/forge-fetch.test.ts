import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { failureIn } from '../../../src/repo/forge/forge-fault.ts';
import { createForgeFetch } from '../../../src/repo/forge/forge-fetch.ts';
import { impatient } from './impatient.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const open: { close: () => void; closeAllConnections: () => void }[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server that answers requests in turn, the last answer again and again. */
async function serve(...answers: readonly Answer[]): Promise<{ readonly origin: string; readonly seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    answers[Math.min(seen.length, answers.length) - 1]?.(request, response);
  });
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, seen };
}

const json =
  (body: string, status = 200, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
const get = { method: 'GET', headers: { authorization: 'Bearer s3cret' }, body: null };
const post = { ...get, method: 'POST', body: '{}' };

async function failureOf(call: Promise<unknown>) {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  return failureIn(thrown);
}

it('sends a token to no other host, wherever a redirect points', async () => {
  const other = await serve(json('{}'));
  const { origin } = await serve(json('', 301, { location: `${other.origin}/elsewhere` }));
  const failure = await failureOf(createForgeFetch(origin, impatient())(`${origin}/a`, get));
  expect(failure).toMatchObject({ kind: 'unreadable', message: expect.stringContaining('another host') });
  expect(other.seen).toEqual([]);
});

it('follows a repository that was renamed on the same host, without changing what is asked', async () => {
  const { origin, seen } = await serve(json('', 301, { location: '/repositories/1/pulls' }), json('[1]'));
  expect((await createForgeFetch(origin, impatient())(`${origin}/a`, get)).text).toBe('[1]');
  expect(seen.map(({ url }) => url)).toEqual(['/a', '/repositories/1/pulls']);
  const moved = await serve(json('', 307, { location: '/b' }), json('{}', 201));
  expect((await createForgeFetch(moved.origin, impatient())(`${moved.origin}/a`, post)).status).toBe(201);
  expect(moved.seen.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

it('does not turn a POST into a GET, and does not run in circles', async () => {
  const { origin, seen } = await serve(json('', 302, { location: '/b' }));
  expect(await failureOf(createForgeFetch(origin, impatient())(`${origin}/a`, post))).toMatchObject({ kind: 'unreadable' });
  expect(seen).toHaveLength(1);
  expect(await failureOf(createForgeFetch(origin, impatient())(`${origin}/a`, get))).toMatchObject({
    message: expect.stringContaining('circle'),
  });
});

it('asks for nothing outside the forge in the first place', async () => {
  const { origin, seen } = await serve(json('{}'));
  expect(await failureOf(createForgeFetch('https://forge.example.com', impatient())(`${origin}/a`, get))).toMatchObject({
    kind: 'unreadable',
  });
  expect(seen).toEqual([]);
});

it('repeats what may be repeated, and no POST of which nobody knows', async () => {
  const broken: Answer = (_, response) => response.destroy();
  const { origin, seen } = await serve(broken, json('{}', 502), json('[]'));
  expect((await createForgeFetch(origin, impatient())(`${origin}/a`, get)).text).toBe('[]');
  expect(seen).toHaveLength(3);
  const once = await serve(broken, json('{}', 201));
  expect(await failureOf(createForgeFetch(once.origin, impatient())(`${once.origin}/a`, post))).toMatchObject({ kind: 'unavailable' });
  expect(once.seen).toHaveLength(1);
});

it.each([
  ['seconds', { 'retry-after': '7' }, 7_000],
  ['a date', { 'retry-after': 'Tue, 24 Nov 2026 12:00:09 GMT' }, 9_000],
  [
    'the start of the next window',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.UTC(2026, 10, 24, 12, 0, 5) / 1000) },
    5_000,
  ],
])('waits as long as the forge asks, in %s, also before a POST is repeated', async (_, headers, pause) => {
  const { origin, seen } = await serve(json('{"message":"secondary rate limit"}', 403, headers), json('{}', 201));
  const patience = impatient();
  expect((await createForgeFetch(origin, patience)(`${origin}/a`, post)).status).toBe(201);
  expect(patience.waits).toEqual([pause]);
  expect(seen).toHaveLength(2);
});

it('does not wait longer than it may, nor ask again before that', async () => {
  const { origin, seen } = await serve(json('{}', 429, { 'retry-after': '1000000000' }));
  const patience = impatient();
  expect(await failureOf(createForgeFetch(origin, patience)(`${origin}/a`, get))).toMatchObject({ kind: 'limited' });
  expect(seen).toHaveLength(1);
  expect(patience.waits).toEqual([]);
});

it('waits longer each time, and no two runs alike', async () => {
  const { origin } = await serve(json('{}', 500));
  const patience = { ...impatient(), jitter: () => 0.5 };
  await failureOf(createForgeFetch(origin, patience)(`${origin}/a`, get));
  expect(patience.waits).toEqual([750, 1250]);
});

it('gives up on a server that says nothing, or drips', async () => {
  const patience = { ...impatient(), timeout: 150, attempts: 1 };
  const silent = await serve(() => {});
  expect(await failureOf(createForgeFetch(silent.origin, patience)(`${silent.origin}/a`, get))).toMatchObject({
    kind: 'unavailable',
    message: 'the forge did not answer within 0.15 s',
  });
  const dripping = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  expect(await failureOf(createForgeFetch(dripping.origin, patience)(`${dripping.origin}/a`, get))).toMatchObject({ kind: 'unavailable' });
});

it('takes no answer that is too large, cut off, or meant for people', async () => {
  const asked = async (answer: Answer) => {
    const { origin } = await serve(answer);
    return await failureOf(createForgeFetch(origin, { ...impatient(), size: 1000 })(`${origin}/a`, get));
  };
  expect(await asked(json(`"${'x'.repeat(2000)}"`))).toMatchObject({ kind: 'unreadable', message: expect.stringContaining('larger') });
  expect(await asked(json('{"a": [1,'))).toMatchObject({ kind: 'unreadable', message: expect.stringContaining('cut off') });
  expect(await asked(json('<html>', 200, { 'content-type': 'text/html' }))).toMatchObject({
    kind: 'unreadable',
    message: expect.stringContaining('text/html'),
  });
  const half: Answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"a":');
    setTimeout(() => response.destroy(), 10);
  };
  expect(await asked(half)).toMatchObject({ kind: 'unavailable' });
});

it.each([
  [401, '{"message":"Bad credentials"}', 'unauthorized'],
  [403, '{"message":"Resource not accessible by integration"}', 'forbidden'],
  [403, '{"message":"You have exceeded a secondary rate limit"}', 'limited'],
  [404, '{"message":"Not Found"}', 'absent'],
  [409, '{"message":["Another open merge request already exists"]}', 'conflict'],
  [422, '{"message":"Validation Failed","errors":[{"message":"A pull request already exists for a:b."}]}', 'conflict'],
  [422, '{"message":"Validation Failed","errors":[{"field":"base","code":"invalid"}]}', 'invalid'],
  [400, '{"error":"title is missing"}', 'invalid'],
  [503, '<html>', 'unavailable'],
])('a %i of %s is "%s"', async (status, body, kind) => {
  const { origin } = await serve(json(body, status));
  expect(await failureOf(createForgeFetch(origin, impatient())(`${origin}/a`, post))).toMatchObject({ kind });
});

it('says what the forge says as one plain line, without secrets', async () => {
  const hostile = { message: `no \u001b[31m<script>@team\n::error:: s3cret-token ${'x'.repeat(1000)}` };
  const { origin } = await serve(json(JSON.stringify(hostile), 422));
  const mask = (text: string) => text.replaceAll('s3cret-token', '***');
  const failure = await failureOf(createForgeFetch(origin, impatient(mask))(`${origin}/a`, post));
  expect(failure?.message).toMatch(/^the forge refuses what was sent \(422\): no \[31m script @team ::error:: \*\*\* x+…$/);
  expect(failure?.message.length).toBeLessThan(310);
});

it('says which permission GitHub misses', async () => {
  const { origin } = await serve(
    json('{"message":"Resource not accessible"}', 403, { 'x-accepted-github-permissions': 'pull_requests=write' }),
  );
  expect(await failureOf(createForgeFetch(origin, impatient())(`${origin}/a`, post))).toMatchObject({
    kind: 'forbidden',
    advice: 'For this the token needs: pull_requests=write',
  });
});
