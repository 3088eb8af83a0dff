import type { Json, JsonObject } from '../model/json.ts';
import { listOr } from '../model/json.ts';
import { addressRange } from './address-range.ts';
import { among, gatewaysLiteral, type MatchReading, portLiteral, workloadLiterals } from './http-condition.ts';
import type { Condition, Literal } from './literal.ts';

/**
 * What a TLSMatchAttributes asks of a connection: one of two conditions, as sidecars and gateways read it differently. At a gateway only
 * the port, the gateways and the server name count (Istio: pilot/pkg/networking/core/gateway.go l4SingleMatch), in a sidecar all of it
 * (tls.go matchTLS). Which of several matches takes a connection is not their order alone: Envoy chooses by the longest subnet, then by
 * the most specific server name.
 */
export function tlsConditions(match: JsonObject, reading: MatchReading): readonly Condition[] {
  return connectionConditions(match, reading, sniLiteral(match.sniHosts));
}

/** The same of an L4MatchAttributes. */
export function tcpConditions(match: JsonObject, reading: MatchReading): readonly Condition[] {
  return connectionConditions(match, reading, []);
}

function connectionConditions(match: JsonObject, { namespace }: MatchReading, sni: Condition): readonly Condition[] {
  const always = [...portLiteral(match), ...gatewaysLiteral(match.gateways, namespace), ...sni];
  const sidecarOnly = [...workloadLiterals(match), ...subnetsLiteral(match.destinationSubnets)];
  if (sidecarOnly.length === 0) return [always];
  const mesh = among('gateway', ['mesh'], '/gateways');
  return [
    [...always, mesh, ...sidecarOnly],
    [...always, { ...mesh, negated: true }],
  ];
}

function subnetsLiteral(subnets: Json | undefined): Condition {
  const texts = listOr(subnets).map(String);
  if (texts.length === 0) return [];
  const ranges = texts.flatMap((text) => addressRange(text) ?? []);
  const at = '/destinationSubnets';
  return [
    ranges.length < texts.length
      ? { of: 'opaque', words: `subnets ${texts.join()}`, negated: false, at }
      : { of: 'address', ranges, negated: false, at },
  ];
}

function sniLiteral(hosts: Json | undefined): Condition {
  const names = listOr(hosts).map((host) => String(host).toLowerCase());
  if (names.length === 0 || names.includes('*')) return [];
  const literal: Literal = {
    of: 'text',
    dimension: 'sni',
    pattern: { kind: 'hosts', hosts: names },
    negated: false,
    absent: false,
    at: '/sniHosts',
  };
  return [literal];
}
