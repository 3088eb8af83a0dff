import type { MeshObject } from '../mesh/mesh-object.ts';
import { type Json, type JsonObject, listOr, sameJson } from '../model/json.ts';
import { withoutOwnPort } from './entry-relations.ts';
import { type HttpEntry, readHttpEntries } from './http-entry.ts';
import { httpWords, routesOfEachPort } from './http-words.ts';
import { l4Words } from './l4-words.ts';
import { type ExternalPort, rewrittenTls, withoutRewriting } from './originated-tls.ts';
import type { ServiceFrame } from './service-frame.ts';
import { shareWords } from './shares.ts';
import { isUnsaid, type Unsaid, unknownKey, unsaid } from './unsaid.ts';

/** What the VirtualService of an external says, and its ports without what `originateTls` says of them. */
export interface RoutedExternal {
  readonly words: JsonObject;
  readonly ports: readonly ExternalPort[];
  readonly originateTls?: Json;
}

export function externalRoutes(
  { spec }: MeshObject,
  entry: MeshObject,
  ports: readonly ExternalPort[],
  frame: ServiceFrame,
): RoutedExternal | Unsaid {
  const unknown = unknownKey(spec, ['hosts', 'gateways', 'http', 'tls', 'tcp', 'exportTo'], '');
  if (unknown !== undefined) return unknown;
  if (listOr(spec.gateways).some((gateway) => gateway !== 'mesh')) return unsaid('/gateways', 'an external is not exposed on gateways');
  if (!sameJson(spec.exportTo, entry.spec.exportTo)) return unsaid('/exportTo', `ServiceEntry ${entry.name} is exported otherwise`);
  const read = readHttpEntries(spec.http, frame.qualify);
  if (isUnsaid(read)) return read;
  const rewritten = rewrittenTls(ports, read, frame.fqdn);
  const led = rewritten === undefined ? read : withoutRewriting(read, ports, frame.fqdn);
  const eachPort = ports.length > 1 ? routesOfEachPort(led, frame.fqdn, true) : undefined;
  const entries = eachPort?.entries ?? led.map((one) => withoutOwnPort(one, frame.fqdn));
  const l4 = l4Words(spec, listOr(entry.spec.hosts).map(String), frame);
  if (isUnsaid(l4)) return l4;
  const http = entries.length === 0 || isPlain(entries) ? undefined : httpWords(entries, frame);
  if (http !== undefined && isUnsaid(http)) return http;
  const shares = l4.shares === undefined ? {} : shareWords(l4.shares);
  const words = { ...shares, ...(http === undefined ? {} : http.words) };
  const isWrittenOut = Object.keys(words).length === 0 || (l4.ports.length > 0 && Object.keys(shares).length === 0);
  return {
    words: isWrittenOut && rewritten === undefined ? { ...words, virtualService: true } : words,
    ports: rewritten?.ports ?? ports,
    ...(rewritten === undefined ? {} : { originateTls: rewritten.word }),
  };
}

/** One route to the host itself: what holds without it, too. */
function isPlain(entries: readonly HttpEntry[]): boolean {
  const [only] = entries;
  if (only === undefined || entries.length > 1 || only.name !== undefined || only.match.length > 0) return false;
  return Object.keys(only.fields).length === 0 && only.legs.length === 1 && only.legs[0]?.subset === undefined;
}
