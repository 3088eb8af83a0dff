import type { RouteList } from './virtual-service-parts.ts';

// Istio: pkg/config/protocol/instance.go Parse, IsHTTP, IsTLS, IsTCP. UDP is routed by none.
const lists: ReadonlyMap<string, RouteList> = new Map([
  ['http', 'http'],
  ['http2', 'http'],
  ['http_proxy', 'http'],
  ['grpc', 'http'],
  ['grpc-web', 'http'],
  ['https', 'tls'],
  ['tls', 'tls'],
  ['tcp', 'tcp'],
  ['mongo', 'tcp'],
  ['mysql', 'tcp'],
  ['redis', 'tcp'],
]);

/** Which of a VirtualService's lists routes what a port of this protocol carries; undefined for another word, or none. */
export function routeListOf(protocol: string | undefined): RouteList | undefined {
  return protocol === undefined ? undefined : lists.get(protocol.toLowerCase());
}

/** The protocol that a port's name stands for, as Istio reads names: '<protocol>' or '<protocol>-<anything>' (config/kube/conversion.go ConvertProtocol); in capitals. */
export function protocolOfPortName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower === 'grpc-web' || lower.startsWith('grpc-web-')) return 'GRPC-WEB';
  const [first = ''] = lower.split('-');
  return routeListOf(first) === undefined ? undefined : first.toUpperCase();
}
