import { qualifiedGateway } from '../istio/host.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import type { Condition, Literal, TextDimension } from './literal.ts';

/** What else decides how Istio reads a match. */
export interface MatchReading {
  /** The mesh's minor version. */
  readonly minor: number;
  /** The VirtualService's namespace, in which gateways without one are. */
  readonly namespace: string | undefined;
}

/** The gateways at which a VirtualService holds at all: part of what each of its matches asks. A delegate holds wherever its roots do. */
export function boundCondition({ hosts, gateways }: JsonObject, namespace: string | undefined): Condition {
  if (listOr(hosts).length === 0) return [];
  const bound = listOr(gateways).length === 0 ? ['mesh'] : gateways;
  return gatewaysLiteral(bound, namespace).map(({ at: _, ...literal }) => literal);
}

export function portLiteral({ port }: JsonObject): Condition {
  return typeof port === 'number' && port !== 0 ? [among('port', [String(port)], '/port')] : [];
}

export function gatewaysLiteral(gateways: Json | undefined, namespace: string | undefined): Condition {
  const names = listOr(gateways).map((name) => (name === 'mesh' ? 'mesh' : qualifiedGateway(String(name), namespace)));
  return names.length === 0 ? [] : [among('gateway', names, '/gateways')];
}

/** Of the pod whose proxy routes the request. */
export function workloadLiterals({ sourceLabels, sourceNamespace }: JsonObject): Condition {
  return [
    ...Object.entries(objectOr(sourceLabels)).map(([key, value]) =>
      among(`label ${key}`, [String(value)], joinPointer('/sourceLabels', key)),
    ),
    ...(typeof sourceNamespace === 'string' && sourceNamespace !== '' ? [among('namespace', [sourceNamespace], '/sourceNamespace')] : []),
  ];
}

export function among(dimension: TextDimension, texts: readonly string[], at: Pointer): Literal {
  return { of: 'text', dimension, pattern: { kind: 'among', texts }, negated: false, absent: false, at };
}
