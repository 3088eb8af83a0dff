/** Protocols by what tells hosts apart on one port (Istio: pkg/config/protocol IsHTTP, IsTLS). UDP and no protocol are in neither family. */
const httpFamily: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB']);
const tlsFamily: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** Whether requests name their host: in `:authority`, or in the server name of TLS. */
export function namesItsHost(protocol: string): boolean {
  return httpFamily.has(protocol) || tlsFamily.has(protocol);
}

export function isTls(protocol: string): boolean {
  return tlsFamily.has(protocol);
}
