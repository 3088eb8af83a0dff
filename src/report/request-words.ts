import type { MeshRequest } from '../model/routing.ts';

/** A request as lists of changes name it: 'GET http://reviews:9080/, from bookinfo, end-user: jason'. */
export function requestLine({ protocol, method, scheme, host, port, path, query, headers, source, gateway }: MeshRequest): string {
  const search = new URLSearchParams(query).toString();
  const what =
    protocol === 'http'
      ? `${method} ${scheme}://${host}${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}${path}${search === '' ? '' : `?${search}`}`
      : `${protocol === 'tls' ? 'TLS' : 'TCP'} ${host}:${port}`;
  const labels = Object.entries(source.labels).map(([name, value]) => `${name}=${value}`);
  const from = gateway === undefined ? `from ${source.namespace}${labels.length === 0 ? '' : ` (${labels.join(', ')})`}` : `via ${gateway}`;
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [what, from, ...sent].join(', ');
}
