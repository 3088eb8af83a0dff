import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import type { HttpEntry } from './http-entry.ts';

/** A port of an external, with what is said of it. */
export interface ExternalPort {
  readonly number: number;
  readonly layer: 'http' | 'tls' | 'tcp';
  readonly words: JsonObject;
}

/** `originateTls`, and the ports without what it says of them. */
export interface OriginatedTls {
  readonly word: Json;
  readonly ports: readonly ExternalPort[];
}

/** Plain http inside and TLS outside on one port: it leads to the port of TLS, and its policy starts it for the host's own name. */
export function originatedTls(ports: readonly ExternalPort[], host: string): OriginatedTls | undefined {
  const inside = ports.find(({ layer }) => layer === 'http');
  const outside = ports.find(({ layer }) => layer === 'tls');
  const { tls, targetPort, ...words } = inside?.words ?? {};
  if (inside === undefined || !isObject(tls) || targetPort !== (outside?.number ?? 443)) return undefined;
  const { mode, sni, ...settings } = tls;
  if (sni !== host || host.startsWith('*')) return undefined;
  const own = { ...(mode === 'SIMPLE' ? {} : { mode: mode ?? null }), ...settings };
  return { word: Object.keys(own).length === 0 ? true : own, ports: ports.map((port) => (port === inside ? { ...port, words } : port)) };
}

/** Bookinfo's form with two ports: what arrives for http is routed to the port of TLS, whose policy starts it. */
export function rewrittenTls(ports: readonly ExternalPort[], entries: readonly HttpEntry[], fqdn: string): OriginatedTls | undefined {
  const inside = ports.find(({ layer }) => layer === 'http');
  const outside = ports.find(({ layer }) => layer === 'tls');
  const { tls, ...words } = outside?.words ?? {};
  const own = entries.flatMap(({ legs }) => legs.filter((leg) => leg.fqdn === fqdn));
  const isRewritten = own.length > 0 && own.every(({ port }) => port === outside?.number);
  if (inside === undefined || outside === undefined || !isObject(tls) || !isRewritten) return undefined;
  const { mode, ...settings } = tls;
  const word = { form: 'rewrite', ...(sameJson(mode, 'SIMPLE') ? {} : { mode: mode ?? null }), ...settings };
  return { word, ports: ports.map((port) => (port === outside ? { ...port, words } : port)) };
}

/** The routes as they would be without the way from one port to the other. */
export function withoutRewriting(entries: readonly HttpEntry[], ports: readonly ExternalPort[], fqdn: string): readonly HttpEntry[] {
  const inside = ports.find(({ layer }) => layer === 'http')?.number;
  return entries.map((entry) => ({
    ...entry,
    legs: entry.legs.map((leg) => (leg.fqdn === fqdn && inside !== undefined ? { ...leg, port: inside } : leg)),
  }));
}
