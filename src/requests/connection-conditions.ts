import { type Json, type JsonObject, listOr } from '../model/json.ts';
import { type AddressRange, addressRange } from './address-range.ts';
import type { Condition } from './literal.ts';
import { among, gatewaysLiteral, type MatchReading, portLiteral, workloadLiterals } from './proxy-literals.ts';

/** For which proxies and ports a tls or tcp match is there at all, by where they stand. */
export interface ProxyConditions {
  /** Gateways read `port` and `gateways` alone (Istio: pilot/pkg/networking/core/gateway.go l4SingleMatch). */
  readonly gateway: Condition;
  /** Sidecars also whose they are (tls.go matchTLS, matchTCP). */
  readonly sidecar: Condition;
}

const inMesh = among('gateway', ['mesh'], '/gateways');

export function proxyConditions(match: JsonObject, { namespace }: MatchReading): ProxyConditions {
  const always = [...portLiteral(match), ...gatewaysLiteral(match.gateways, namespace)];
  return {
    gateway: [...always, { ...inMesh, negated: true }],
    sidecar: [...always, inMesh, ...workloadLiterals(match)],
  };
}

/**
 * What a TLSMatchAttributes asks of a connection: one of these, as gateways do not look at subnets and callers. Which of several matches
 * takes a connection is not their order alone: Envoy chooses by the longest subnet, then by the most specific server name.
 */
export function tlsConditions(match: JsonObject, reading: MatchReading): readonly Condition[] {
  return connectionConditions(match, reading, sniLiteral(match.sniHosts));
}

/** The same of an L4MatchAttributes. */
export function tcpConditions(match: JsonObject, reading: MatchReading): readonly Condition[] {
  return connectionConditions(match, reading, []);
}

function connectionConditions(match: JsonObject, reading: MatchReading, sni: Condition): readonly Condition[] {
  const { gateway, sidecar } = proxyConditions(match, reading);
  const subnets = subnetsLiteral(match.destinationSubnets);
  if (subnets.length === 0 && workloadLiterals(match).length === 0)
    return [[...portLiteral(match), ...gatewaysLiteral(match.gateways, reading.namespace), ...sni]];
  return [
    [...sidecar, ...sni, ...subnets],
    [...gateway, ...sni],
  ];
}

/** The subnets as ranges; undefined where one of them can't be read. */
export function subnetRanges(subnets: Json | undefined): readonly AddressRange[] | undefined {
  const ranges = listOr(subnets).map((text) => addressRange(String(text)));
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function subnetsLiteral(subnets: Json | undefined): Condition {
  if (listOr(subnets).length === 0) return [];
  const ranges = subnetRanges(subnets);
  const at = '/destinationSubnets';
  if (ranges === undefined) return [{ of: 'opaque', words: `subnets ${listOr(subnets).join()}`, negated: false, at }];
  return [{ of: 'address', ranges, negated: false, at }];
}

function sniLiteral(hosts: Json | undefined): Condition {
  const names = listOr(hosts).map((host) => String(host).toLowerCase());
  if (names.length === 0 || names.includes('*')) return [];
  return [{ of: 'text', dimension: 'sni', pattern: { kind: 'hosts', hosts: names }, negated: false, absent: false, at: '/sniHosts' }];
}
