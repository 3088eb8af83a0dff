import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { type JsonObject, listOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

export interface SniHost {
  readonly host: string;
  readonly pointer: Pointer;
}

/** The names by which the tls routes of a VirtualService are chosen. */
export function sniHosts(spec: JsonObject): readonly SniHost[] {
  return routesOf(spec, ['tls']).flatMap((part) =>
    matchesOf(part).flatMap(({ match, pointer }) =>
      listOr(match.sniHosts).flatMap((host, i) => (typeof host === 'string' ? [{ host, pointer: `${pointer}/sniHosts/${i}` }] : [])),
    ),
  );
}

/** Of a host that the schema accepts: no name ends in a number, and none has a colon. */
export function isAddress(host: string): boolean {
  return host.includes(':') || /^[0-9.]+\.[0-9]+$/.test(host);
}
