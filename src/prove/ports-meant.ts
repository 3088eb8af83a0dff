import type { Json } from '../model/json.ts';
import type { PortWords } from '../model/words.ts';

/** A port as an intent gives it. */
export interface MeantPort {
  readonly key: string;
  readonly number: number;
  /** As Istio names it, in upper case. */
  readonly protocol: string;
  readonly layer: 'http' | 'tls' | 'tcp';
  readonly words: PortWords;
}

const httpWords = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB']);

/** The protocol is the port's own word, or the beginning of its name; a port without a name speaks HTTP. */
export function portsMeant(ports: Readonly<Record<string, PortWords>> | undefined): readonly MeantPort[] {
  return Object.entries(ports ?? {}).map(([key, words]) => {
    const isNumber = /^\d+$/.test(key);
    const name = words.name ?? (isNumber ? undefined : key);
    const protocol = (words.protocol ?? (name === undefined ? 'http' : beginning(name))).toUpperCase();
    const layer = httpWords.has(protocol) ? 'http' : protocol === 'HTTPS' || protocol === 'TLS' ? 'tls' : 'tcp';
    return { key, number: words.number ?? Number(key), protocol, layer, words };
  });
}

function beginning(name: string): string {
  return /^grpc-web(-|$)/i.test(name) ? 'grpc-web' : (name.split('-')[0] ?? name);
}

/** The port of that key, number or name; without one, the only http port, or else the only port. */
export function portNamed(ports: readonly MeantPort[], wanted: Json | undefined): MeantPort | undefined {
  if (wanted !== undefined)
    return ports.find(({ key, number, words }) => key === String(wanted) || number === wanted || words.name === wanted);
  const http = ports.filter(({ layer }) => layer === 'http');
  const [only, ...more] = http.length > 0 ? http : ports;
  return more.length === 0 ? only : undefined;
}
