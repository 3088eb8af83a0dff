import type { Mesh } from '../mesh/mesh.ts';
import { selects } from '../mesh/workloads.ts';
import { didYouMean, listWords } from '../model/names.ts';
import type { RequestReading, RequestWords, UnreadableWords } from '../model/request-words.ts';
import type { RequestSource } from '../model/routing.ts';
import { isAddress } from '../requests/address-range.ts';
import { nearHosts } from './near-hosts.ts';
import { gatewayNamed, gatewayPort, meshPort, opensTls } from './read-port.ts';
import { readUrl } from './read-url.ts';

/** Turns words into a request to a mesh; a caller that names no namespace is in the mesh's own. */
export function readRequest(words: RequestWords, mesh: Mesh): RequestReading {
  const url = readUrl(words.url);
  if ('what' in url) return url;
  const source = readSource(words, mesh);
  if ('what' in source) return source;
  const headers = readHeaders(words.headers ?? []);
  if ('what' in headers) return headers;
  const method = words.method ?? 'GET';
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return { what: `"${method}" is no method`, help: ['write one such as POST'] };
  if (words.tcp === true && words.sni !== undefined)
    return { what: '--tcp and --sni are two kinds of connections', help: ['keep one of them'] };
  const gateway = words.via === undefined ? undefined : gatewayNamed(words.via, source.namespace, mesh);
  if (gateway !== undefined && 'what' in gateway) return gateway;
  const { scheme: written, saysScheme, path, query } = url;
  // As with curl: what stands in the Host header is what proxies choose by; the connection still goes to the URL's host.
  const named = words.tcp === true || words.sni !== undefined ? undefined : hostHeader(headers.headers);
  if (named !== undefined && 'what' in named) return named;
  const host = named?.host ?? url.host;
  // A sidecar does not open TLS: of https it sees the server name alone.
  const opens = words.tcp !== true && words.sni === undefined && written === 'https';
  const isTls = words.sni !== undefined || (opens && gateway === undefined);
  const protocol = words.tcp === true ? 'tcp' : isTls ? 'tls' : 'http';
  const usual = written === 'https' || isTls ? 443 : 80;
  const taken =
    url.port !== undefined
      ? { port: url.port, notes: [] }
      : gateway === undefined
        ? meshPort(words.sni ?? host, source.namespace, protocol, usual, mesh)
        : gatewayPort(gateway, usual, mesh);
  if ('what' in taken) return taken;
  const { port } = taken;
  const scheme = !saysScheme && gateway !== undefined && words.tcp !== true && opensTls(gateway, port) ? 'https' : written;
  const opened = isTls && opens ? ['a sidecar does not open TLS: only the server name and the port decide where https goes'] : [];
  return {
    request: {
      protocol,
      host: words.sni ?? host,
      port,
      ...authorityOf(named?.text ?? (url.port === undefined || port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`), host),
      ...(isAddress(url.host) ? { address: url.host } : {}),
      ...(gateway === undefined ? {} : { gateway: gateway.id }),
      source: source.source,
      method,
      scheme,
      path,
      query,
      headers: withoutHost(headers.headers),
      ...(words.claims === undefined ? {} : { claims: words.claims }),
    },
    notes: [
      ...source.notes,
      ...taken.notes,
      ...opened,
      ...(named !== undefined && scheme === 'https' ? [`the server name (SNI) is taken to be ${host} as well`] : []),
      ...(gateway === undefined ? nearHosts(words.sni ?? host, source.namespace, mesh) : []),
    ],
  };
}

interface NamedHost {
  readonly text: string;
  readonly host: string;
}

/** What a `Host` header names, with and without its port. */
function hostHeader({ host, ':authority': authority = host }: Readonly<Record<string, string>>): NamedHost | undefined | UnreadableWords {
  if (authority === undefined) return undefined;
  const parts = /^(\[[^\]]+\]|[^/?#:@\s]+)(?::\d+)?$/.exec(authority.trim());
  const name = parts?.[1];
  if (name === undefined)
    return { what: `"${authority}" in the Host header is no host`, help: ['write one such as -H "Host: bookinfo.example.com"'] };
  return { text: authority.trim(), host: name.replace(/^\[|\]$/g, '') };
}

function authorityOf(text: string, host: string): { readonly authority?: string } {
  return text === host ? {} : { authority: text };
}

function withoutHost(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host' && name !== ':authority'));
}

function readHeaders(written: readonly string[]): { readonly headers: Readonly<Record<string, string>> } | UnreadableWords {
  const headers: Record<string, string> = {};
  for (const one of written) {
    const header = /^([!#$%&'*+.^_`|~0-9A-Za-z:-]+?)\s*[:=]\s*(.*)$/s.exec(one);
    if (header === null) return { what: `"${one}" is no header`, help: headerHelp(one) };
    const name = (header[1] ?? '').toLowerCase();
    // A header that is sent twice reaches matches joined by a comma, as Envoy joins it.
    headers[name] = headers[name] === undefined ? (header[2] ?? '') : `${headers[name]},${header[2] ?? ''}`;
  }
  return { headers };
}

function headerHelp(written: string): readonly string[] {
  return written.startsWith('@request.auth.claims')
    ? ['claims are no headers: --claim group=admin, and `claims:` in a test']
    : ['write it as curl does: -H "end-user: jason"'];
}

interface ReadSource {
  readonly namespace: string;
  readonly source: RequestSource;
  readonly notes: readonly string[];
}

function readSource({ from, serviceAccount }: RequestWords, mesh: Mesh): ReadSource | UnreadableWords {
  const written = from ?? mesh.home;
  const slash = written.indexOf('/');
  const namespace = slash < 0 ? written : written.slice(0, slash);
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace))
    return { what: `"${namespace}" is no namespace`, help: ['write --from bookinfo, or --from bookinfo/app=productpage,version=v1'] };
  const labels: Record<string, string> = {};
  for (const pair of slash < 0 ? [] : written.slice(slash + 1).split(',')) {
    const label = /^([^=\s]+)=([^=\s]*)$/.exec(pair.trim());
    if (label === null)
      return {
        what: `"${pair}" in --from ${written} is no label`,
        help: [`write labels as name=value, divided by commas: --from ${namespace}/app=${pair.trim() || 'productpage'}`],
      };
    labels[label[1] ?? ''] = label[2] ?? '';
  }
  const account = serviceAccount ?? accountOf(labels, namespace, mesh);
  return {
    namespace,
    source: { namespace, labels, ...(account === undefined ? {} : { serviceAccount: account }) },
    notes: from === undefined ? [] : strangeNamespace(namespace, mesh),
  };
}

/** Pods that run as one service account tell it, or the intents about them. */
function accountOf(labels: Readonly<Record<string, string>>, namespace: string, mesh: Mesh): string | undefined {
  if (Object.keys(labels).length === 0) return undefined;
  const shown = mesh.cluster.selected(labels, namespace).map((one) => one.serviceAccount);
  const said = mesh.hosts.all.flatMap(({ namespace: home, podLabels, serviceAccount }) =>
    home === namespace && podLabels !== undefined && selects(podLabels, labels) ? (serviceAccount ?? []) : [],
  );
  const accounts = new Set(shown.length > 0 ? shown : said);
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

function strangeNamespace(namespace: string, mesh: Mesh): readonly string[] {
  const known = new Set([mesh.home, ...mesh.objects.map((object) => object.namespace), ...mesh.hosts.all.map((host) => host.namespace)]);
  for (const name of mesh.cluster.namespaces.keys()) known.add(name);
  const near = known.has(namespace) ? [] : didYouMean(namespace, known);
  return near.length === 0 ? [] : [`nothing of the mesh is in the namespace ${namespace}: ${listWords(near)}`];
}
