import type { MergeRequests } from '@gitbeaker/rest';
import type { ForgeRequest, SendRequest } from './forge-fetch.ts';

type RequesterOf = NonNullable<ConstructorParameters<typeof MergeRequests>[0]['requesterFn']>;

interface CallOptions {
  readonly body?: FormData | Record<string, unknown>;
  readonly searchParams?: Record<string, unknown>;
}

/** The shared HTTP layer as the requester that GitLab's client takes. Its own one repeats what may not be repeated. */
export function gitlabRequester(send: SendRequest): RequesterOf {
  return ({ url, authHeaders }) => {
    const call =
      (method: string) =>
      async (endpoint: string, options: CallOptions = {}) => {
        const { body, searchParams = {} } = options;
        if (body instanceof FormData) throw new TypeError('only JSON is sent to forges');
        const headers: Record<string, string> = { accept: 'application/json' };
        for (const [name, value] of Object.entries(authHeaders)) headers[name] = await value();
        const target = new URL(endpoint, url.endsWith('/') ? url : `${url}/`);
        for (const [name, value] of Object.entries(snakeKeys(searchParams)))
          if (value !== undefined) target.searchParams.append(name, String(value));
        const answer = await send(target.href, { method, headers, body: null, ...bodyOf(body, headers) });
        const value = answer.text === '' ? null : JSON.parse(answer.text);
        return { body: value, headers: Object.fromEntries(answer.headers), status: answer.status };
      };
    return { get: call('GET'), post: call('POST'), put: call('PUT'), patch: call('PATCH'), delete: call('DELETE') };
  };
}

function bodyOf(body: Record<string, unknown> | undefined, headers: ForgeRequest['headers']): Partial<ForgeRequest> {
  const fields = snakeKeys(body ?? {});
  if (Object.keys(fields).length === 0) return {};
  return { body: JSON.stringify(fields), headers: { ...headers, 'content-type': 'application/json' } };
}

/** GitLab's own spelling: 'sourceBranch' is 'source_branch'. Values are as they are. */
function snakeKeys(fields: Record<string, unknown>): Record<string, unknown> {
  const spelled = ([key, value]: [string, unknown]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const;
  return Object.fromEntries(Object.entries(fields).map(spelled));
}
