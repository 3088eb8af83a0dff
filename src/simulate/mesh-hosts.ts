import { routeListOf } from '../istio/protocol.ts';
import type { RouteList } from '../istio/virtual-service-parts.ts';
import type { HostPort, KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { MeshRequest } from '../model/routing.ts';
import { type AddressRange, addressRange, addressWithin, isAddress } from '../requests/address-range.ts';

/** The service that a sidecar takes a Host header or a name for. */
export interface CalledHost {
  /** Fully qualified, or the ServiceEntry's own spelling, which may be a wildcard. */
  readonly host: string;
  readonly owners: readonly KnownHost[];
}

/**
 * Every service is known by its full name; those of the cluster also by shorter ones: `name` in its own namespace, `name.namespace` and
 * `name.namespace.svc` everywhere (core/httproute.go GenerateVirtualHostDomains).
 */
export function calledHost(written: string, namespace: string, mesh: Mesh, sees: (host: KnownHost) => boolean): CalledHost | undefined {
  if (isAddress(written)) return addressedHost(written, mesh, sees);
  for (const name of namesFor(written, namespace, mesh.environment.clusterDomain)) {
    const owners = mesh.hosts.named(name).filter(sees);
    const [first] = owners;
    if (first !== undefined) return { host: first.host, owners };
  }
  const wider = mesh.hosts.find(written.toLowerCase(), namespace);
  const owners = wider.known === 'yes' ? wider.hosts.filter((one) => one.host.startsWith('*') && sees(one)) : [];
  return owners[0] === undefined ? undefined : { host: owners[0].host, owners };
}

/** Services and ServiceEntries with addresses of their own: their virtual hosts and listeners have these too. */
const addressed = rememberedFor((mesh: Mesh): readonly { readonly host: KnownHost; readonly ranges: readonly AddressRange[] }[] =>
  mesh.hosts.all.flatMap((host) => {
    const ranges = (host.addresses ?? []).flatMap((address) => addressRange(address) ?? []);
    return ranges.length === 0 ? [] : [{ host, ranges }];
  }),
);

/** Whom an address belongs to: the narrowest subnet that holds it counts. */
function addressedHost(address: string, mesh: Mesh, sees: (host: KnownHost) => boolean): CalledHost | undefined {
  const sizeOf = (ranges: readonly AddressRange[]) =>
    ranges.filter((range) => addressWithin(address, [range])).map(({ first, last }) => last - first);
  let best: { readonly host: KnownHost; readonly size: bigint } | undefined;
  for (const { host, ranges } of addressed(mesh)) {
    const size = sees(host) ? sizeOf(ranges).sort((a, b) => (a < b ? -1 : 1))[0] : undefined;
    if (size !== undefined && (best === undefined || size < best.size)) best = { host, size };
  }
  return best === undefined ? undefined : { host: best.host.host, owners: [best.host] };
}

/** The full names that a written one may stand for, the likeliest first. */
export function namesFor(written: string, namespace: string, clusterDomain: string): readonly string[] {
  const host = written.toLowerCase();
  if (isAddress(host)) return [host];
  const labels = host.split('.');
  if (labels.length === 1) return [`${host}.${namespace}.svc.${clusterDomain}`, host];
  if (labels.length === 2) return [host, `${host}.svc.${clusterDomain}`];
  return labels.length === 3 && labels[2] === 'svc' ? [`${host}.${clusterDomain}`, host] : [host];
}

/** The port by which a host is called; undefined where it has no such port, `unknown` where nothing tells its ports. */
export function calledPort({ owners }: CalledHost, port: number): HostPort | 'unknown' | undefined {
  if (owners.some(({ ports }) => ports === undefined))
    return owners.flatMap(({ ports }) => ports ?? []).find(({ number }) => number === port) ?? 'unknown';
  return owners.flatMap(({ ports }) => ports ?? []).find(({ number }) => number === port);
}

/** What a port carries as Istio reads its protocol; `sniffed` where it finds out connection by connection. */
export function carries(protocol: string | undefined): RouteList | 'sniffed' {
  return protocol?.toLowerCase() === 'udp' ? 'tcp' : (routeListOf(protocol) ?? 'sniffed');
}

/** Since 1.27 a name with a trailing dot is the same one (core/httproute.go generateVirtualHostDomains); before it was another. */
export function withoutTrailingDot(request: MeshRequest, minor: number): MeshRequest {
  const { host, authority = host } = request;
  return minor < 27 || !host.endsWith('.') ? request : { ...request, host: host.slice(0, -1), authority };
}
