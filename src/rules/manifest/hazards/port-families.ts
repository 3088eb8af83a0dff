import type { HostPort } from '../../../mesh/known-hosts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';

/** What sidecars can do with a port: route requests, read the name that TLS asks for, or pass connections on. */
export type PortFamily = 'http' | 'tls' | 'tcp';

const families: Readonly<Record<string, PortFamily>> = {
  http: 'http',
  http2: 'http',
  http_proxy: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  redis: 'tcp',
};

/** Undefined where the protocol is not told: then sidecars look into each connection. */
export function familyOf({ protocol = '' }: HostPort): PortFamily | undefined {
  return families[protocol.toLowerCase()];
}

/** The ports of a host with the family of each; undefined where the input does not show all of them. */
export function portsOfHost(
  mesh: Mesh,
  host: string,
): readonly { readonly port: HostPort; readonly family: PortFamily | undefined }[] | undefined {
  const owners = mesh.hosts.named(host);
  if (owners.length === 0) return undefined;
  const ports: { port: HostPort; family: PortFamily | undefined }[] = [];
  for (const owner of owners) {
    if (owner.ports === undefined) return undefined;
    for (const port of owner.ports) ports.push({ port, family: familyOf(port) });
  }
  return ports;
}
