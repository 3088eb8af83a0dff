import type { SendRequest } from './forge-fetch.ts';

/** The shared HTTP layer as the `fetch` that client libraries take. */
export function asFetch(send: SendRequest): typeof fetch {
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    const { body = null } = init;
    if (body !== null && typeof body !== 'string') throw new TypeError('only text is sent to forges');
    const answer = await send(url, { method: init.method ?? 'GET', headers: Object.fromEntries(new Headers(init.headers)), body });
    return new Response(answer.text === '' ? null : answer.text, {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
    });
  };
}
