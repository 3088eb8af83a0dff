import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { DescribedApi } from './described-api.ts';

/** What can go wrong with one request. */
export const faults = [
  'lost before', // the connection breaks, and nothing was done
  'lost after', // it was done, and the answer never comes
  '401',
  '403',
  '404',
  '409',
  '422',
  '429',
  '500',
  '502',
  'truncated', // done; half of the JSON
  'page', // not done; 200 with HTML
  'wrong type', // done; JSON of another shape
  'empty', // done; nothing in the answer
] as const;
export type Fault = (typeof faults)[number];

export interface DoubleRequest {
  readonly values: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface DoubleReply {
  readonly status: number;
  /** Absent: nothing in the answer. */
  readonly body?: unknown;
}

export type Routes = Readonly<Record<string, (request: DoubleRequest) => DoubleReply>>;

export interface ForgeDouble {
  /** 'http://127.0.0.1:1234' */
  readonly origin: string;
  /** "POST /repos/…" of each request. */
  readonly requests: string[];
  /** Faults by the number of the request, from 0. */
  readonly faults: Map<number, Fault>;
  /** What the description has against what was asked or answered: none, in the end. */
  readonly violations: string[];
  readonly stop: () => Promise<void>;
}

interface DoubleParts {
  readonly api: DescribedApi;
  /** Before every path: '/api/v4'. */
  readonly prefix: string;
  readonly token: string;
  /** By operation. */
  readonly routes: Routes;
  /** Paths that no description has: GitHub's GraphQL. */
  readonly undescribed?: Routes;
}

/** A server on this machine that behaves like a forge; state is in the routes. */
export async function startDouble(parts: DoubleParts): Promise<ForgeDouble> {
  const requests: string[] = [];
  const planned = new Map<number, Fault>();
  const violations: string[] = [];
  const server = createServer((request, response) => {
    readBody(request).then(
      (text) => {
        const fault = planned.get(requests.length);
        requests.push(`${request.method} ${request.url}`);
        answer({ request, response, text, fault, parts, violations });
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    faults: planned,
    violations,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly text: string;
  readonly fault: Fault | undefined;
  readonly parts: DoubleParts;
  readonly violations: string[];
}

const refusing = new Set<Fault>(['401', '403', '404', '409', '422', '429', '500', '502']);

function answer(exchange: Exchange): void {
  const { response, fault } = exchange;
  if (fault === 'lost before') {
    response.destroy();
    return;
  }
  if (fault === 'page') send(response, 200, 'text/html; charset=utf-8', '<html><body>Sign in</body></html>');
  else if (fault !== undefined && refusing.has(fault)) {
    if (fault === '429') response.setHeader('retry-after', '2');
    send(response, Number(fault), 'application/json', JSON.stringify({ message: `As planned: ${fault}` }));
  } else carryOut(exchange);
}

function carryOut(exchange: Exchange): void {
  const { response, fault } = exchange;
  const { status, body } = reply(exchange);
  const text = body === undefined ? '' : JSON.stringify(body);
  if (fault === 'lost after') response.destroy();
  else if (fault === 'truncated')
    send(response, status, 'application/json', text === '' ? '{"' : text.slice(0, Math.ceil(text.length / 2)));
  else if (fault === 'wrong type') send(response, status, 'application/json', Array.isArray(body) ? '{"odd":true}' : '["odd"]');
  else send(response, status, 'application/json', fault === 'empty' ? '' : text);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, text === '' ? {} : { 'content-type': type });
  response.end(text);
}

function reply({ request, text, parts, violations }: Exchange): DoubleReply {
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://double');
  const method = request.method ?? '';
  const { authorization = '' } = request.headers;
  if (!authorization.endsWith(` ${parts.token}`)) return { status: 401, body: { message: 'Bad credentials' } };
  // As Gitea answers; others guess, but none promises to.
  if (text !== '' && !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    return { status: 422, body: { message: '[]: Unsupported Content-Type' } };
  const body = text === '' ? undefined : JSON.parse(text);
  const plain = parts.undescribed?.[`${method} ${pathname}`];
  if (plain !== undefined) return plain({ values: {}, query, body });
  const found = pathname.startsWith(parts.prefix) ? parts.api.match(method, pathname.slice(parts.prefix.length)) : undefined;
  const route = found === undefined ? undefined : parts.routes[found.operation];
  if (found === undefined || route === undefined) {
    violations.push(`unknown: ${method} ${pathname}`);
    return { status: 404, body: { message: 'Not Found' } };
  }
  const wrong = parts.api.requestFaults(found.operation, query, body);
  const answered = route({ values: found.values, query, body: body ?? {} });
  const odd = parts.api.replyFaults(found.operation, answered.status, answered.body);
  violations.push(...[...wrong, ...odd].map((fault) => `${found.operation}: ${fault}`));
  return answered;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
