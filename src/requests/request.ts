import type { JsonObject } from '../model/json.ts';

/** A request or a connection as conditions see it. */
export interface Request {
  readonly method: string;
  readonly scheme: string;
  /** What the client calls the host, with a port where it says one. */
  readonly authority: string;
  /** Without the query. */
  readonly path: string;
  /** By lower-case name; of a header that is sent twice, both values with a comma between, as Envoy reads them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Of a token that has been verified. */
  readonly claims: JsonObject;
  /** The port that it came in on. */
  readonly port: number;
  /** 'mesh', or the gateway that it came through: 'namespace/name'. */
  readonly gateway: string;
  /** The pod whose proxy routes it: the caller's sidecar, or the gateway's own pod. */
  readonly source: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** The server name of a TLS connection. */
  readonly sni?: string;
  /** Where a connection is addressed to. */
  readonly address: string;
}

/** What somebody would try first. */
export const plainRequest: Request = {
  method: 'GET',
  scheme: 'http',
  authority: 'reviews',
  path: '/',
  headers: {},
  query: {},
  claims: {},
  port: 80,
  gateway: 'mesh',
  source: { namespace: 'default', labels: {} },
  address: '10.0.0.1',
};

/** 'GET /reviews with `end-user: jason`': the request line, and whatever else differs from a plain one. */
export function describeRequest(request: Request, plain: Request = plainRequest): string {
  const { method, scheme, authority, path, headers, query, claims, port, gateway, source } = request;
  const search = Object.entries(query).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const line = `${method} ${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
  const parts = [
    ...Object.entries(headers).map(([name, value]) => `\`${name}: ${value}\``),
    ...(Object.keys(claims).length === 0 ? [] : [`the claims ${JSON.stringify(claims)}`]),
    ...(authority === plain.authority ? [] : [`the host ${authority}`]),
    ...(scheme === plain.scheme ? [] : [`the scheme ${scheme}`]),
  ];
  return `${line}${parts.length === 0 ? '' : ` with ${parts.join(' and ')}`}${origin({ port, gateway, source }, plain)}`;
}

/** 'a.example.com on port 443': a connection in the same way. */
export function describeConnection(request: Request, plain: Request = plainRequest): string {
  const { sni, address } = request;
  const target = sni ?? address;
  return `${target}${sni !== undefined && address !== plain.address ? ` at ${address}` : ''}${origin(request, plain)}`;
}

function origin({ port, gateway, source }: Pick<Request, 'port' | 'gateway' | 'source'>, plain: Request): string {
  const labels = Object.entries(source.labels).map(([key, value]) => `${key}=${value}`);
  return [
    port === plain.port ? '' : ` on port ${port}`,
    gateway === plain.gateway ? '' : gateway === 'mesh' ? ' from within the mesh' : ` through ${gateway}`,
    labels.length === 0 ? '' : ` from pods with ${labels.join(', ')}`,
    source.namespace === plain.source.namespace ? '' : ` from namespace ${source.namespace}`,
  ].join('');
}
