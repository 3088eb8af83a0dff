import type { MeshRequest } from '../model/routing.ts';

export const usualAddress = '10.0.0.1';

/** What somebody would try first. */
export const plainRequest: MeshRequest = {
  protocol: 'http',
  host: 'reviews',
  port: 80,
  address: usualAddress,
  source: { namespace: 'default', labels: {} },
  method: 'GET',
  scheme: 'http',
  path: '/',
  query: {},
  headers: {},
};

/** 'GET /reviews with `end-user: jason`', 'a connection to a.example.com on port 443': what differs from a plain one of its kind. */
export function describeRequest(request: MeshRequest, plain: MeshRequest = plainRequest): string {
  return `${request.protocol === 'http' ? httpWords(request, plain) : connectionWords(request, plain)}${originWords(request, plain)}`;
}

function httpWords({ method, path, query, headers, claims = {}, authority, host, scheme }: MeshRequest, plain: MeshRequest): string {
  const search = Object.entries(query).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const parts = [
    ...Object.entries(headers).map(([name, value]) => `\`${name}: ${value}\``),
    ...(Object.keys(claims).length === 0 ? [] : [`the claims ${JSON.stringify(claims)}`]),
    ...((authority ?? host) === (plain.authority ?? plain.host) ? [] : [`the host ${authority ?? host}`]),
    ...(scheme === plain.scheme ? [] : [`the scheme ${scheme}`]),
  ];
  return `${method} ${path}${search.length === 0 ? '' : `?${search.join('&')}`}${parts.length === 0 ? '' : ` with ${parts.join(' and ')}`}`;
}

function connectionWords({ protocol, host, address }: MeshRequest, plain: MeshRequest): string {
  const target = protocol === 'tls' ? ` for ${host}` : '';
  return `a connection${target}${address === undefined || address === plain.address ? '' : ` to ${address}`}`;
}

function originWords({ port, gateway, source }: MeshRequest, plain: MeshRequest): string {
  const labels = Object.entries(source.labels).map(([key, value]) => `${key}=${value}`);
  return [
    port === plain.port ? '' : ` on port ${port}`,
    gateway === plain.gateway ? '' : gateway === undefined ? ' from within the mesh' : ` through ${gateway}`,
    labels.length === 0 ? '' : ` from pods with ${labels.join(', ')}`,
    source.namespace === plain.source.namespace ? '' : ` from namespace ${source.namespace}`,
  ].join('');
}
