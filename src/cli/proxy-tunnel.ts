import { fetch, ProxyAgent } from 'undici';

/** `fetch` by a proxy's tunnels. A file of its own, so that the library is loaded only where there is a proxy. */
export function openTunnel(proxy: string): typeof globalThis.fetch {
  const dispatcher = new ProxyAgent(proxy);
  return async (input, init) => await fetch(input, { ...init, dispatcher });
}
