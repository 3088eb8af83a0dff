import { type ProxyVariables, proxyFor } from '../model/proxy-choice.ts';

/**
 * Node's `fetch`, by the proxy that the environment names where there is one: Node 20 itself knows of none. What a proxy is told is the host and the
 * port, and its own password: the request with its token goes through an encrypted tunnel, the server's certificate is still judged. The library for it is
 * loaded when it is first needed.
 */
export function proxiedFetch(variables: ProxyVariables): typeof fetch {
  const tunnels = new Map<string, Promise<typeof fetch>>();
  return async (input, init) => {
    const proxy = proxyFor(new URL(input instanceof Request ? input.url : input), variables);
    if (proxy === undefined) return await fetch(input, init);
    if (!/^https?:\/\//i.test(proxy) || !URL.canParse(proxy)) throw failed('only http and https proxies are known', proxy);
    const tunnel = tunnels.get(proxy) ?? tunnelBy(proxy);
    tunnels.set(proxy, tunnel);
    try {
      return await (await tunnel)(input, init);
    } catch (thrown) {
      // Whoever waits no longer knows why.
      throw thrown instanceof DOMException ? thrown : failed(reasonOf(thrown), proxy);
    }
  };
}

async function tunnelBy(proxy: string): Promise<typeof fetch> {
  return (await import('./proxy-tunnel.ts')).openTunnel(proxy);
}

/** With a code, as failures of connections have: that is what is told of them. The proxy's password is not. */
function failed(reason: string, proxy: string): TypeError {
  const host = URL.canParse(proxy) ? new URL(proxy).host : '';
  return new TypeError('fetch failed', { cause: Object.assign(new Error(reason), { code: `${reason}, by the proxy ${host}` }) });
}

function reasonOf(thrown: unknown): string {
  const causes = causesOf(thrown);
  const status = causes.map(({ message }) => /^Proxy response \((\d+)\)/.exec(message)?.[1]).find((one) => one !== undefined);
  if (status !== undefined) return status === '407' ? '407, it wants a name and a password' : `it answers ${status}`;
  return causes.flatMap((one) => ('code' in one && typeof one.code === 'string' ? [one.code] : [])).at(-1) ?? 'no answer';
}

/** From what was thrown to what is behind it. */
function causesOf(thrown: unknown): readonly Error[] {
  return thrown instanceof Error ? [thrown, ...causesOf(thrown.cause)] : [];
}
