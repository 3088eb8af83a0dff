import { hostWithin } from '../istio/host.ts';
import { isTlsProtocol } from '../istio/listener-parts.ts';
import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { MeshRequest } from '../model/routing.ts';

/** A server of a Gateway on the called port. */
export interface OpenServer {
  /** Its gateway's, and its place there. */
  readonly id: string;
  readonly gateway: KnownGateway;
  readonly server: JsonObject;
  /** Lower case, without the namespace that may use it. */
  readonly hosts: readonly { readonly host: string; readonly namespace: string }[];
}

const openOf = rememberedFor((_mesh: Mesh) => new Map<string, readonly OpenServer[]>());

/** All servers that listen on a port of the gateway's pods: looked up once for a mesh. */
export function openServers(gateway: KnownGateway, mesh: Mesh, port: number): readonly OpenServer[] {
  const known = openOf(mesh);
  const key = `${gateway.id} ${port}`;
  const open = known.get(key) ?? serversOn(gatewaysBeside(gateway, mesh), port);
  known.set(key, open);
  return open;
}

/** Gateways of the same pods share their ports; without pods to look at, those of the same selector. */
function gatewaysBeside(gateway: KnownGateway, mesh: Mesh): readonly KnownGateway[] {
  const pods = mesh.gateways.podsOf(gateway);
  const others = mesh.gateways.all.filter((other) => {
    if (other.id === gateway.id || gateway.selector === undefined || other.selector === undefined) return false;
    if (pods.length > 0) return mesh.gateways.podsOf(other).some((pod) => pods.includes(pod));
    return sameJson(other.selector, gateway.selector);
  });
  return [gateway, ...others];
}

/** The servers of these gateways on a port, as they are written. */
export function serversOn(gateways: readonly KnownGateway[], port: number): readonly OpenServer[] {
  return gateways.flatMap((gateway) =>
    [...gateway.written.entries()]
      .filter(([, server]) => objectOr(server.port).number === port)
      .map(([index, server]) => ({
        id: `${gateway.id} ${index}`,
        gateway,
        server,
        hosts: listOr(server.hosts).map((written) => {
          const [namespace, host] = String(written).includes('/') ? String(written).split('/') : ['*', String(written)];
          return { host: (host ?? '').toLowerCase(), namespace: namespace === '.' ? gateway.namespace : (namespace ?? '*') };
        }),
      })),
  );
}

/** What becomes of a request or connection at the servers of a port; a `reason` where no server takes it. */
export type Ended = { readonly kind: 'http' | 'tls' | 'tcp'; readonly servers: readonly OpenServer[] };

/** Plain servers of a port are one; of those with TLS the SNI chooses one, the narrowest host first. */
export function endedServers(open: readonly OpenServer[], request: MeshRequest): Ended | { readonly reason: string } {
  const plain = open.filter(({ server }) => !isTls(server));
  const [first] = plain;
  if (first !== undefined) return { kind: isHttp(first.server) ? 'http' : 'tcp', servers: plain };
  if (request.protocol === 'tcp' || (request.protocol === 'http' && request.scheme === 'http'))
    return { reason: `only TLS is spoken on port ${request.port}` };
  const sni = request.host.toLowerCase();
  const fitting = open
    .flatMap((one) => one.hosts.filter(({ host }) => hostWithin(sni, host)).map(({ host }) => ({ one, host })))
    .sort((a, b) => Number(a.host.startsWith('*')) - Number(b.host.startsWith('*')) || b.host.length - a.host.length);
  const chosen = fitting[0]?.one;
  if (chosen === undefined) return { reason: `no server on port ${request.port} is for the SNI ${request.host}` };
  const { mode } = objectOr(chosen.server.tls);
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') return { kind: 'tls', servers: open };
  return { kind: isHttp(chosen.server) ? 'http' : 'tcp', servers: [chosen] };
}

export function isTls({ port }: JsonObject): boolean {
  return isTlsProtocol(String(objectOr(port).protocol).toUpperCase());
}

export function isHttp({ port }: JsonObject): boolean {
  return ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTPS'].includes(String(objectOr(port).protocol).toUpperCase());
}
