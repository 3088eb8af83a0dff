import type { MetricFailure } from '../model/measurement.ts';

export interface RequestLimits {
  /** For the whole of a reply. Prometheus' own limit does not hold for every query. */
  readonly deadlineMilliseconds: number;
  readonly maxBytes: number;
}

export type Reply =
  | { readonly status: number; readonly body: string /** Of the server's clock, seconds since 1970. */; readonly serverTime?: number }
  | { readonly failure: MetricFailure; readonly note: string };

/**
 * One POST with form fields. Redirects are not followed, wherever they lead: a token goes to the host that the intent names, and nowhere else.
 */
export async function postForm(
  url: URL,
  fields: Readonly<Record<string, string>>,
  token: string | undefined,
  limits: RequestLimits,
  fetchBy: typeof fetch = fetch,
): Promise<Reply> {
  try {
    const response = await fetchBy(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      signal: AbortSignal.timeout(limits.deadlineMilliseconds),
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return { failure: 'not-a-metrics-server', note: 'a redirect, which is not followed' };
    }
    const body = await readUpTo(response, limits.maxBytes);
    if (body === undefined) return { failure: 'too-large', note: `more than ${limits.maxBytes} bytes` };
    const date = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(date) ? { status: response.status, body } : { status: response.status, body, serverTime: date / 1000 };
  } catch (error) {
    return failureOf(error, limits);
  }
}

async function readUpTo(response: Response, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body === null) return '';
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failureOf(error: unknown, { deadlineMilliseconds }: RequestLimits): Reply {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { failure: 'timeout', note: `no whole answer in ${deadlineMilliseconds / 1000} s` };
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return { failure: 'unreachable', note: code ?? 'the connection broke' };
}
