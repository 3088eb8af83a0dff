import { routeListOf } from '../../../istio/protocol.ts';
import type { RouteList } from '../../../istio/virtual-service-parts.ts';
import type { HostPort } from '../../../mesh/known-hosts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';

/** What sidecars can do with a port: route requests, read the name that TLS asks for, or pass connections on. */
export type PortFamily = RouteList;

/** Undefined where the protocol is not told: then sidecars look into each connection. */
export function familyOf({ protocol }: HostPort): PortFamily | undefined {
  return routeListOf(protocol);
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
