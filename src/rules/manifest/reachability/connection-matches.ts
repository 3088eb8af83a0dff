import { matchesOf, type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { type AddressRange, sameRange } from '../../../requests/address-range.ts';
import { proxyConditions, subnetRanges } from '../../../requests/connection-conditions.ts';
import { findRequest } from '../../../requests/find-request.ts';
import type { Condition } from '../../../requests/literal.ts';
import { boundCondition, type MatchReading } from '../../../requests/proxy-literals.ts';

export type Standing = 'gateway' | 'sidecar';

/** A match of a tls or tcp route, or a tcp route without one. */
export interface ConnectionMatch {
  readonly part: RoutePart;
  /** '/tls/0/match/1', or '/tcp/0'. */
  readonly pointer: Pointer;
  /** As written: Istio compares them so. */
  readonly names: readonly string[];
  readonly subnets: readonly string[];
  /** The proxies and ports for which it is there. */
  readonly at: Readonly<Record<Standing, Condition>>;
}

export function connectionMatches(object: MeshObject, mesh: Mesh, list: 'tls' | 'tcp'): readonly ConnectionMatch[] {
  const reading: MatchReading = { minor: mesh.environment.istio.minor, namespace: object.namespace };
  const bound = boundCondition(object.spec, object.namespace);
  return routesOf(object.spec, [list]).flatMap((part) => {
    const matches = matchesOf(part);
    const alternatives = matches.length === 0 && list === 'tcp' ? [{ match: {}, pointer: part.pointer }] : matches;
    return alternatives.map(({ match, pointer }) => connectionMatch(part, pointer, objectOr(match), bound, reading));
  });
}

function connectionMatch(part: RoutePart, pointer: Pointer, match: JsonObject, bound: Condition, reading: MatchReading): ConnectionMatch {
  const { gateway, sidecar } = proxyConditions(match, reading);
  return {
    part,
    pointer,
    names: listOr(match.sniHosts).map(String),
    subnets: listOr(match.destinationSubnets).map(String),
    at: { gateway: [...bound, ...gateway], sidecar: [...bound, ...sidecar] },
  };
}

/** Whether some proxy has a match at all. */
export function isAt(match: ConnectionMatch, standing: Standing): boolean {
  return findRequest(match.at[standing]).kind !== 'none';
}

/** Whether some proxy has both. */
export function meetsAt(a: ConnectionMatch, b: ConnectionMatch, standing: Standing): boolean {
  return findRequest([...a.at[standing], ...b.at[standing]]).kind !== 'none';
}

/** Those of the others of which every proxy that has a match has one too; none where some proxy has none of them. */
export function takersAt(match: ConnectionMatch, others: readonly ConnectionMatch[], standing: Standing): readonly ConnectionMatch[] {
  const search = findRequest(match.at[standing], { outside: others.map((other) => other.at[standing]) });
  return search.kind === 'taken' ? search.takenBy.flatMap((i) => others[i] ?? []) : [];
}

/** The subnets of one that are also another's: 10.1.2.3/8 is 10.0.0.0/8. */
export function sharedSubnets(a: ConnectionMatch, b: ConnectionMatch): readonly string[] {
  const theirs: readonly AddressRange[] = subnetRanges(b.subnets) ?? [];
  return a.subnets.filter((subnet) => {
    const [range] = subnetRanges([subnet]) ?? [];
    return range !== undefined && theirs.some((other) => sameRange(other, range));
  });
}
