import type { HostPort, KnownHost } from '../../../mesh/known-hosts.ts';

/**
 * The ports that a host has; undefined where nothing tells. A Kubernetes Service counts before ServiceEntries of its name, and both before
 * what an intent says (Istio: sidecar.go appendSidecarServices). A name that stands for another host has that host's ports.
 */
export function portsOfHost(owners: readonly KnownHost[]): readonly HostPort[] | undefined {
  const services = owners.filter(({ from }) => from === 'Service');
  if (services.some(({ service, ports }) => service?.externalName !== undefined || ports?.length === 0)) return undefined;
  const entries = owners.filter(({ from }) => from === 'ServiceEntry');
  const counting = [services, entries, owners].find((some) => some.length > 0) ?? [];
  if (counting.length === 0 || counting.some(({ ports }) => ports === undefined)) return undefined;
  const byNumber = new Map(counting.flatMap(({ ports = [] }) => ports.map((port) => [port.number, port])));
  return [...byNumber.values()];
}

/** "80, 443 and 8080", or "none". */
export function portWords(ports: readonly HostPort[]): string {
  const numbers = ports.map(({ number }) => String(number));
  if (numbers.length === 0) return 'no port';
  return numbers.length === 1 ? `port ${numbers[0]}` : `ports ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
