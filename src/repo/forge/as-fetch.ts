import type { SendRequest } from './forge-fetch.ts';

/** The shared HTTP layer as the `fetch` that client libraries take. What they send is JSON, which one of them does not always say. */
export function asFetch(send: SendRequest): typeof fetch {
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    const { body = null } = init;
    if (body !== null && typeof body !== 'string') throw new TypeError('only text is sent to forges');
    const headers = { ...(body === null ? {} : { 'content-type': 'application/json' }), ...Object.fromEntries(new Headers(init.headers)) };
    const answer = await send(url, { method: init.method ?? 'GET', headers, body });
    return new Response(answer.text === '' ? null : answer.text, {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
    });
  };
}
