import type { UnreadableWords } from '../model/request-words.ts';

export interface UrlParts {
  readonly scheme: 'http' | 'https';
  /** Whether the URL says it. */
  readonly saysScheme: boolean;
  readonly host: string;
  /** Absent where the URL names none. */
  readonly port?: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A URL as people type it: without a scheme http, without a path '/'. */
export function readUrl(written: string): UrlParts | UnreadableWords {
  const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(\[[^\]]+\]|[^/?#:@\s]+)(?::(\d+))?(\/[^?#\s]*)?(?:\?([^#\s]*))?(?:#.*)?$/.exec(
    written,
  );
  if (parts === null)
    return { what: `"${written}" is no URL${spotted(written)}`, help: ['write one such as http://reviews:9080/reviews/1'] };
  const [, said, host = '', port, path = '/', query = ''] = parts;
  const scheme = said ?? 'http';
  const lower = scheme.toLowerCase();
  if (!['http', 'https', 'tcp', 'tls'].includes(lower))
    return { what: `"${written}" speaks ${scheme}`, help: ['write http:// or https://; other protocols are connections: --tcp or --sni'] };
  const number = port === undefined ? undefined : Number(port);
  if (number !== undefined && (number < 1 || number > 65535))
    return { what: `${port} in "${written}" is no port`, help: ['a port is a number from 1 to 65535'] };
  return {
    scheme: lower === 'https' || lower === 'tls' ? 'https' : 'http',
    saysScheme: said !== undefined,
    host: host.replace(/^\[|\]$/g, ''),
    ...(number === undefined ? {} : { port: number }),
    path: normalizedPath(path),
    query: firstOfEach(new URLSearchParams(query)),
  };
}

/** As curl sends it, and as proxies take it to be by default (meshconfig pathNormalization BASE): without '.' and '..', '\\' as '/'. */
function normalizedPath(path: string): string {
  return new URL(`http://host${path}`).pathname;
}

/** Of a parameter that is given twice Envoy reads the first. */
function firstOfEach(query: URLSearchParams): Readonly<Record<string, string>> {
  const first = new Map<string, string>();
  for (const [name, value] of query) if (!first.has(name)) first.set(name, value);
  return Object.fromEntries(first);
}

/** What is most likely wrong with it. */
function spotted(written: string): string {
  if (written === '') return ': it is empty';
  if (/\s/.test(written)) return ': there is a space in it';
  if (/^[^/]*:\/\/[^/]*@|^[^/]*@/.test(written)) return ': a user name before "@" means nothing to a mesh';
  if (/:(?!\/\/)[^0-9/][^/]*(\/|$)/.test(written.replace(/^[a-z]+:\/\//i, ''))) return ': what follows ":" is no number';
  return /:\/\/\/|^\//.test(written) ? ': it names no host' : '';
}
