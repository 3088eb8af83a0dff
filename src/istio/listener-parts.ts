import { isObject, type Json, type JsonObject, listOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';

/** Where a Gateway or a Sidecar listens: a server, or an entry of `ingress` or `egress`. */
export interface ListenerPart {
  readonly listener: JsonObject;
  readonly index: number;
  /** '/servers/0' */
  readonly pointer: Pointer;
  /** Undefined where none is written: of `egress` alone. 0 where a socket has none. */
  readonly port: ListenerPort | undefined;
  readonly bind: string;
}

export interface ListenerPort {
  readonly number: number;
  readonly name: string;
  /** As Istio reads it: in capitals; '' = to be sniffed. */
  readonly protocol: string;
}

/** TLS settings, and the port that they are for. */
export interface TlsPart {
  readonly tls: JsonObject;
  /** '/servers/0/tls' */
  readonly pointer: Pointer;
  /** PASSTHROUGH where none is written. */
  readonly mode: string;
  readonly listener: ListenerPart;
}

type ListenerList = 'servers' | 'ingress' | 'egress';

/** Some thirty rules ask for the same of one spec. */
const listeners: Readonly<Record<ListenerList, WeakMap<JsonObject, readonly ListenerPart[]>>> = {
  servers: new WeakMap(),
  ingress: new WeakMap(),
  egress: new WeakMap(),
};
const tlsParts = new WeakMap<JsonObject, readonly TlsPart[]>();

function remembered<T>(known: WeakMap<JsonObject, T>, spec: JsonObject, read: () => T): T {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const parts = read();
  known.set(spec, parts);
  return parts;
}

/** The listeners of a list, in order; entries that are no maps are passed over. */
export function listenersOf(spec: JsonObject, list: ListenerList): readonly ListenerPart[] {
  return remembered(listeners[list], spec, () =>
    listOr(spec[list]).flatMap((listener, index): readonly ListenerPart[] =>
      isObject(listener)
        ? [{ listener, index, pointer: `/${list}/${index}`, port: portOf(listener.port), bind: textOr(listener.bind) }]
        : [],
    ),
  );
}

function portOf(port: Json | undefined): ListenerPort | undefined {
  if (!isObject(port)) return undefined;
  const { number, name, protocol } = port;
  return { number: typeof number === 'number' ? number : 0, name: textOr(name), protocol: textOr(protocol).toUpperCase() };
}

/** The TLS settings of a Gateway's servers, or of a Sidecar's inbound listeners. */
export function serverTlsOf(spec: JsonObject): readonly TlsPart[] {
  return remembered(tlsParts, spec, () =>
    [...listenersOf(spec, 'servers'), ...listenersOf(spec, 'ingress')].flatMap((part): readonly TlsPart[] => {
      const { tls } = part.listener;
      if (!isObject(tls)) return [];
      return [{ tls, pointer: `${part.pointer}/tls`, mode: textOr(tls.mode) || 'PASSTHROUGH', listener: part }];
    }),
  );
}

/** 'port 443', or the socket where there is none: what messages call a listener. */
export function titleOfListener({ port, bind }: ListenerPart): string {
  return port === undefined || port.number === 0 ? `the socket ${bind}` : `port ${port.number}`;
}

/** Whether TLS ends here with certificates of one's own. */
export function endsTls(mode: string): boolean {
  return mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
}

/** Whether TLS is passed on unread. */
export function passesTls(mode: string): boolean {
  return mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
}

/** Protocols of Istio's that are HTTP without TLS (Istio: pkg/config/protocol IsHTTP). */
export function isHttpProtocol(protocol: string): boolean {
  return ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'].includes(protocol);
}

/** Protocols of Istio's that stand on TLS (Istio: pkg/config/protocol IsTLS). */
export function isTlsProtocol(protocol: string): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}

/** Which fields of TLS settings say something: an empty text or list says nothing. */
export function statedOf(tls: JsonObject, fields: readonly string[]): readonly string[] {
  return fields.filter((field) => textOr(tls[field]) !== '' || listOr(tls[field]).length > 0);
}

function textOr(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
