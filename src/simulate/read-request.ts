import type { MeshRequest, RequestSource } from '../model/routing.ts';

/** A request in the words of a command line, as curl's users write it. */
export interface RequestWords {
  /** `http://reviews:9080/reviews/1?x=y`; without a scheme http, with --tcp or --sni `host:port` is enough. */
  readonly url: string;
  readonly method?: string;
  /** 'name: value', or 'name=value'. */
  readonly headers?: readonly string[];
  /** 'namespace', or 'namespace/label=value,label=value'. */
  readonly from?: string;
  /** 'namespace/name' of a Gateway, or its name in the caller's namespace. */
  readonly via?: string;
  readonly tcp?: boolean;
  /** The server name of a TLS connection that is passed on unopened. */
  readonly sni?: string;
}

export type RequestReading =
  | { readonly request: MeshRequest }
  /** `what` names the word at fault and what is wrong with it; `help` what to write instead. */
  | { readonly what: string; readonly help: string };

/** Turns words into a request; `home` is the namespace of a caller that names none. */
export function readRequest(words: RequestWords, home: string): RequestReading {
  const url = parseUrl(words.url);
  if (url === undefined) return { what: `"${words.url}" is no URL`, help: 'write one such as http://reviews:9080/reviews/1' };
  if ('what' in url) return url;
  const source = readSource(words.from ?? home);
  if ('what' in source) return source;
  const headers: Record<string, string> = {};
  for (const written of words.headers ?? []) {
    const header = /^([!#$%&'*+.^_`|~0-9A-Za-z:-]+?)\s*[:=]\s*(.*)$/s.exec(written);
    if (header === null) return { what: `"${written}" is no header`, help: 'write it as curl does: -H "end-user: jason"' };
    headers[(header[1] ?? '').toLowerCase()] = header[2] ?? '';
  }
  const method = words.method ?? 'GET';
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return { what: `"${method}" is no method`, help: 'write one such as POST' };
  if (words.tcp === true && words.sni !== undefined)
    return { what: '--tcp and --sni are two kinds of connections', help: 'keep one of them' };
  const { scheme, host, port, path, query } = url;
  // A sidecar does not open TLS: of https it sees the server name alone.
  const isTls = words.sni !== undefined || (scheme === 'https' && words.via === undefined && words.tcp !== true);
  const via = words.via;
  return {
    request: {
      protocol: words.tcp === true ? 'tcp' : isTls ? 'tls' : 'http',
      host: words.sni ?? host,
      port,
      ...(port === (scheme === 'https' ? 443 : 80) ? {} : { authority: `${host}:${port}` }),
      ...(isAddress(host) ? { address: host } : {}),
      ...(via === undefined ? {} : { gateway: via.includes('/') ? via : `${source.namespace}/${via}` }),
      source,
      method,
      scheme,
      path,
      query,
      headers,
    },
  };
}

interface UrlParts {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

function parseUrl(written: string): UrlParts | { readonly what: string; readonly help: string } | undefined {
  const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(\[[^\]]+\]|[^/?#:@\s]+)(?::(\d+))?(\/[^?#\s]*)?(?:\?([^#\s]*))?(?:#.*)?$/.exec(
    written,
  );
  if (parts === null) return undefined;
  const [, scheme = 'http', host = '', port, path = '/', query = ''] = parts;
  const lower = scheme.toLowerCase();
  if (lower !== 'http' && lower !== 'https' && lower !== 'tcp' && lower !== 'tls')
    return { what: `"${written}" speaks ${scheme}`, help: 'write http:// or https://; other protocols are connections: --tcp or --sni' };
  const secure = lower === 'https' || lower === 'tls';
  const number = port === undefined ? (secure ? 443 : 80) : Number(port);
  if (number < 1 || number > 65535) return { what: `${port} is no port`, help: 'a port is a number from 1 to 65535' };
  return {
    scheme: secure ? 'https' : 'http',
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    path,
    query: Object.fromEntries([...new URLSearchParams(query)]),
  };
}

function readSource(written: string): RequestSource | { readonly what: string; readonly help: string } {
  const slash = written.indexOf('/');
  const namespace = slash < 0 ? written : written.slice(0, slash);
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace))
    return { what: `"${namespace}" is no namespace`, help: 'write --from bookinfo, or --from bookinfo/app=productpage,version=v1' };
  const labels: Record<string, string> = {};
  for (const pair of slash < 0 ? [] : written.slice(slash + 1).split(',')) {
    const label = /^([^=\s]+)=([^=\s]*)$/.exec(pair.trim());
    if (label === null)
      return { what: `"${pair}" is no label`, help: 'write labels as name=value, divided by commas: --from bookinfo/app=productpage' };
    labels[label[1] ?? ''] = label[2] ?? '';
  }
  return { namespace, labels };
}

function isAddress(host: string): boolean {
  return /^\d+(\.\d+){3}$/.test(host) || host.includes(':');
}
