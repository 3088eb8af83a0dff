import { isLoopback } from './server-url.ts';

/** The variables that say by which proxy servers are reached. */
export type ProxyVariables = Readonly<Partial<Record<string, string>>>;

/**
 * The proxy that a server is reached by; undefined where it is reached directly. By the rules that curl has, and git with it:
 * `https_proxy`, or else `all_proxy`, but for what `no_proxy` lists; lower case first. Only https goes by a proxy, which then sees no more than the
 * host: plain http is spoken with this machine alone. See https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxyFor({ protocol, hostname, port }: URL, variables: ProxyVariables): string | undefined {
  if (protocol !== 'https:' || isLoopback(hostname)) return undefined;
  const proxy = variableOf(variables, 'https_proxy') ?? variableOf(variables, 'all_proxy');
  const excepted = (variableOf(variables, 'no_proxy') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  if (proxy === undefined || excepted.some((entry) => isMeant(entry.toLowerCase(), hostname, port === '' ? '443' : port))) return undefined;
  // As in curl, an address without a protocol is one of http.
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** The first that is set and not empty, trimmed. */
function variableOf(variables: ProxyVariables, name: string): string | undefined {
  return [name, name.toUpperCase()].map((one) => variables[one]?.trim()).find((value) => value !== undefined && value !== '');
}

/** `example.com` and `.example.com` are the host and all beneath it; with a port, only that; `10.0.0.0/8` are addresses. */
function isMeant(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', only] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isBareAddress(entry) ? `[${entry}]` : entry) ?? [];
  if (only !== undefined && only !== port) return false;
  const range = rangeOf(name);
  const address = addressOf(host);
  if (range !== undefined && address !== undefined) return (address & range.mask) >>> 0 === (range.address & range.mask) >>> 0;
  const domain = name.replace(/^\*?\./, '');
  const plain = host.replace(/^\[|\]$/g, '');
  return domain !== '' && (plain === domain || plain.endsWith(`.${domain}`));
}

/** An IPv6 address has colons that begin no port. */
function isBareAddress(entry: string): boolean {
  return !entry.startsWith('[') && entry.split(':').length > 2;
}

function rangeOf(entry: string): { readonly address: number; readonly mask: number } | undefined {
  const [, text = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(entry) ?? [];
  const address = addressOf(text);
  if (address === undefined || Number(bits) > 32) return undefined;
  return { address, mask: bits === '0' ? 0 : (-1 << (32 - Number(bits))) >>> 0 };
}

/** An IPv4 address as a number. */
function addressOf(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) === true ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
