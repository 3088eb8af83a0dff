import { failureOfStatus } from './failure-of-status.ts';
import { failureIn, forgeFault } from './forge-fault.ts';
import { retryAfter } from './retry-after.ts';

/** What the shared HTTP layer may take and how it waits. Clock and chance come from outside, so that tests need neither. */
export interface Patience {
  /** Milliseconds for one request and its whole answer. */
  readonly timeout: number;
  /** Milliseconds that all waiting of a run may take. */
  readonly waiting: number;
  /** Requests for the same thing, the first included. */
  readonly attempts: number;
  /** Bytes of one answer. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to 1: spreads waiting of many runs. */
  readonly jitter: () => number;
  /** Takes secrets out of what the forge says. */
  readonly mask: (text: string) => string;
}

export interface ForgeRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Status of 2xx alone: everything else is thrown as a fault. */
export interface ForgeAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON, or empty. */
  readonly text: string;
}

export type SendRequest = (url: string, request: ForgeRequest) => Promise<ForgeAnswer>;

/** Repeating them leaves the forge as doing them once. */
const repeatable = new Set(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']);
/** Whoever is asked already is not asked anew. */
const asksForReviews = /\/requested_reviewers$/;
/** Milliseconds; doubled each time, and spread by as much again. */
const firstPause = 500;
const longestWay = 3;

/**
 * The one way to a forge, for all clients. An answer is read whole, within size and time; only what may be repeated is repeated, except
 * where the forge says that it did nothing (429). Nothing is ever sent to another origin than `origin`, by no redirect.
 */
export function createForgeFetch(origin: string, patience: Patience, fetchBy: typeof fetch = fetch): SendRequest {
  let waited = 0;
  return async (url, request) => {
    for (let tried = 1; ; tried++) {
      const answer = await sendOnce(url, request, origin, patience, fetchBy);
      if (!('failure' in answer)) return answer;
      const { failure } = answer;
      const isRepeatable = repeatable.has(request.method) || asksForReviews.test(url);
      const mayRepeat = answer.isUndone || (isRepeatable && answer.isPassing);
      const pause = (answer.pause ?? firstPause * 2 ** (tried - 1)) + firstPause * patience.jitter();
      if (!mayRepeat || tried >= patience.attempts || waited + pause > patience.waiting) throw failure;
      waited += pause;
      await patience.wait(pause);
    }
  };
}

interface Refused {
  readonly failure: Error;
  /** It may go well the next time. */
  readonly isPassing: boolean;
  /** The forge says that it did nothing. */
  readonly isUndone: boolean;
  /** Milliseconds that the forge asks to wait. */
  readonly pause?: number | undefined;
}

async function sendOnce(
  url: string,
  request: ForgeRequest,
  origin: string,
  patience: Patience,
  fetchBy: typeof fetch,
): Promise<ForgeAnswer | Refused> {
  const signal = AbortSignal.timeout(patience.timeout);
  try {
    const response = await follow(url, request, { origin, signal, fetchBy });
    const text = await readWithin(response, patience.size);
    const { status, headers } = response;
    if (status >= 200 && status < 300) return { status, headers, text: checkedJson(text, headers) };
    const { failure, isUndone } = failureOfStatus(status, headers, patience.mask(text));
    return { failure, isUndone, isPassing: status >= 500, pause: retryAfter(headers, patience.now()) };
  } catch (thrown) {
    const known = failureIn(thrown);
    if (known !== undefined && thrown instanceof Error) return { failure: thrown, isUndone: false, isPassing: false };
    return { failure: forgeFault('unavailable', reasonOf(thrown, patience.timeout)), isUndone: false, isPassing: true };
  }
}

interface Sending {
  readonly origin: string;
  readonly signal: AbortSignal;
  readonly fetchBy: typeof fetch;
}

/** Sends, and follows redirects of the same origin where the method stays what it is. */
async function follow(url: string, request: ForgeRequest, { origin, signal, fetchBy }: Sending): Promise<Response> {
  let target = new URL(url);
  for (let step = 0; step <= longestWay; step++) {
    if (target.origin !== origin || target.username !== '' || target.password !== '')
      throw forgeFault('unreadable', `the forge redirects to another host, ${target.host}`, 'Name the repository by its present address.');
    const response = await fetchBy(target, { ...request, redirect: 'manual', signal });
    const location = response.headers.get('location');
    const keepsMethod = response.status === 307 || response.status === 308 || request.method === 'GET';
    if (location === null || response.status < 300 || response.status >= 400 || !keepsMethod) return response;
    await response.body?.cancel();
    target = new URL(location, target);
  }
  throw forgeFault('unreadable', 'the forge redirects in a circle');
}

async function readWithin(response: Response, size: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > size) throw forgeFault('unreadable', `the forge's answer is larger than ${size} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A page for people, or half an answer, is no answer: a proxy in front of the forge may send it with any status. */
function checkedJson(text: string, headers: Headers): string {
  if (text === '') return text;
  const type = headers.get('content-type') ?? '';
  if (!/^application\/([a-z.-]+\+)?json\b/i.test(type))
    throw forgeFault('unreadable', `the forge answers with ${type || 'no type'} instead of JSON`);
  try {
    JSON.parse(text);
  } catch {
    throw forgeFault('unreadable', 'the forge answers with JSON that is cut off or broken');
  }
  return text;
}

function reasonOf(thrown: unknown, timeout: number): string {
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') return `the forge did not answer within ${timeout / 1000} s`;
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? `: ${cause.code}` : '';
  return `the connection to the forge failed${code}`;
}
