import { hostWithin } from '../istio/host.ts';
import type { MeantPort } from './ports-meant.ts';
import type { Door, DoorServer, Party } from './world.ts';

/** Http leads to http and, encrypted again, to TLS; everything else to what is not http. */
export function leadsTo(layer: DoorServer['layer'], port: MeantPort): boolean {
  return layer === 'http' ? port.layer !== 'tcp' : port.layer !== 'http';
}

export function isFor(server: DoorServer, party: Party, door: Door): boolean {
  return hostsFor(server, party, door).length > 0;
}

export function hostsFor({ hosts }: DoorServer, { home }: Party, door: Door): readonly string[] {
  return hosts.flatMap((written) => hostFor(written, home, door.home) ?? []);
}

/** 'namespace/host' is for VirtualServices of that namespace, './host' for those of the gateway's own. */
function hostFor(written: string, namespace: string, doorHome: string): string | undefined {
  const slash = written.indexOf('/');
  if (slash < 0) return written;
  const space = written.slice(0, slash);
  return space === '*' || (space === '.' ? doorHome : space) === namespace ? written.slice(slash + 1) : undefined;
}

/** What a host has in common with those that a server serves: the narrower of each two. */
export function meeting(host: string, served: readonly string[], namespace: string, doorHome: string): readonly string[] {
  return served.flatMap((written) => {
    const own = hostFor(written, namespace, doorHome);
    if (own === undefined) return [];
    if (hostWithin(host, own)) return [host];
    return hostWithin(own, host) ? [own] : [];
  });
}
