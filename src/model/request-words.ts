import type { JsonObject } from './json.ts';
import type { MeshRequest } from './routing.ts';

/** A request in the words of a command line, as curl's users write it. */
export interface RequestWords {
  /** `http://reviews:9080/reviews/1?x=y`; without a scheme http, with `tcp` or `sni` `host:port` is enough. */
  readonly url: string;
  readonly method?: string;
  /** 'name: value', or 'name=value'. */
  readonly headers?: readonly string[];
  /** Of a token that was validated before routes are chosen. */
  readonly claims?: JsonObject;
  /** 'namespace', or 'namespace/label=value,label=value'. */
  readonly from?: string;
  /** Of the calling pod. */
  readonly serviceAccount?: string;
  /** 'namespace/name' of a Gateway, or its name alone. */
  readonly via?: string;
  readonly tcp?: boolean;
  /** The server name of a TLS connection that is passed on unopened. */
  readonly sni?: string;
}

export type RequestReading =
  /** `notes`: what was taken for granted where the words leave it open, and slips that they may hold; a sentence each, without full stop. */
  | { readonly request: MeshRequest; readonly notes: readonly string[] }
  /** `what` names the word at fault and what is wrong with it, `help` what to write instead. */
  | UnreadableWords;

export interface UnreadableWords {
  readonly what: string;
  readonly help: readonly string[];
}

/** A request in a few words: 'POST http://reviews:9080/x from shop with end-user: jason'. */
export function requestLine({ protocol, method, scheme, host, port, path, query, headers, source, gateway }: MeshRequest): string {
  const search = new URLSearchParams(query).toString();
  const at = port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`;
  const what =
    protocol === 'http'
      ? `${method} ${scheme}://${at}${path}${search === '' ? '' : `?${search}`}`
      : `${protocol.toUpperCase()} ${host}:${port}`;
  const labels = Object.entries(source.labels).map(([name, value]) => `${name}=${value}`);
  const from = gateway === undefined ? ` from ${source.namespace}${labels.length === 0 ? '' : `/${labels.join(',')}`}` : ` via ${gateway}`;
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${what}${from}${sent.length === 0 ? '' : ` with ${sent.join(', ')}`}`;
}
