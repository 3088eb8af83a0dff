import { hostWithin } from './host.ts';

/** The host patterns of some servers, asked many times over: one look-up for a plain host, however many servers there are. */
export interface ServedHosts {
  /** Without those that another one covers: Istio refuses a VirtualService whose hosts overlap. */
  readonly hosts: readonly string[];
  /** Every request for the host (or for each host of the pattern) reaches a server. */
  readonly covers: (host: string) => boolean;
  /** Some request does. */
  readonly meets: (host: string) => boolean;
}

export function servedHosts(patterns: Iterable<string>): ServedHosts {
  const all = [...new Set([...patterns].map((pattern) => pattern.toLowerCase()))];
  const exact = new Set(all.filter((pattern) => !pattern.startsWith('*')));
  const wildcards = all.filter((pattern) => pattern.startsWith('*'));
  const underWildcard = (host: string, except?: string) => wildcards.some((wildcard) => wildcard !== except && hostWithin(host, wildcard));
  const covers = (host: string) => exact.has(host.toLowerCase()) || underWildcard(host);
  const meets = (host: string) => covers(host) || (host.startsWith('*') && all.some((pattern) => hostWithin(pattern, host)));
  return { hosts: all.filter((pattern) => !underWildcard(pattern, pattern)), covers, meets };
}
