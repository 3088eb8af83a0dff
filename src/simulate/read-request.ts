import type { Mesh } from '../mesh/mesh.ts';
import { selects } from '../mesh/workloads.ts';
import { didYouMean, listWords } from '../model/names.ts';
import type { RequestReading, RequestWords, UnreadableWords } from '../model/request-words.ts';
import type { RequestSource } from '../model/routing.ts';
import { nearHosts } from './near-hosts.ts';
import { gatewayNamed, gatewayPort, meshPort } from './read-port.ts';
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
  const { scheme, host, path, query } = url;
  // A sidecar does not open TLS: of https it sees the server name alone.
  const opens = words.tcp !== true && words.sni === undefined && scheme === 'https';
  const isTls = words.sni !== undefined || (opens && gateway === undefined);
  const protocol = words.tcp === true ? 'tcp' : isTls ? 'tls' : 'http';
  const usual = scheme === 'https' || isTls ? 443 : 80;
  const taken =
    url.port !== undefined
      ? { port: url.port, notes: [] }
      : gateway === undefined
        ? meshPort(words.sni ?? host, source.namespace, protocol, usual, mesh)
        : gatewayPort(gateway, usual, mesh);
  if ('what' in taken) return taken;
  const { port } = taken;
  const opened = isTls && opens ? ['a sidecar does not open TLS: only the server name and the port decide where https goes'] : [];
  return {
    request: {
      protocol,
      host: words.sni ?? host,
      port,
      ...(url.port === undefined || port === (scheme === 'https' ? 443 : 80) ? {} : { authority: `${host}:${port}` }),
      ...(isAddress(host) ? { address: host } : {}),
      ...(gateway === undefined ? {} : { gateway: gateway.id }),
      source: source.source,
      method,
      scheme,
      path,
      query,
      headers: headers.headers,
    },
    notes: [
      ...source.notes,
      ...taken.notes,
      ...opened,
      ...(gateway === undefined ? nearHosts(words.sni ?? host, source.namespace, mesh) : []),
    ],
  };
}

function readHeaders(written: readonly string[]): { readonly headers: Readonly<Record<string, string>> } | UnreadableWords {
  const headers: Record<string, string> = {};
  for (const one of written) {
    const header = /^([!#$%&'*+.^_`|~0-9A-Za-z:-]+?)\s*[:=]\s*(.*)$/s.exec(one);
    if (header === null) return { what: `"${one}" is no header`, help: ['write it as curl does: -H "end-user: jason"'] };
    const name = (header[1] ?? '').toLowerCase();
    // A header that is sent twice reaches matches joined by a comma, as Envoy joins it.
    headers[name] = headers[name] === undefined ? (header[2] ?? '') : `${headers[name]},${header[2] ?? ''}`;
  }
  return { headers };
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

function isAddress(host: string): boolean {
  return /^\d+(\.\d+){3}$/.test(host) || host.includes(':');
}
