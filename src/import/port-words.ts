import { protocolOfPortName, routeListOf } from '../istio/protocol.ts';
import type { RouteList } from '../istio/virtual-service-parts.ts';
import type { HostPort } from '../mesh/known-hosts.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** A port that an intent has to name, because its objects speak of it. */
export interface NeededPort {
  readonly number: number;
  readonly layer: RouteList;
  /** Policies of the port. */
  readonly words: JsonObject;
}

/** How the ports of a service are written: its `ports` in long form, and the key of each number there. */
export interface PortWords {
  readonly words: JsonObject;
  readonly keyOf: (number: number) => string;
}

/** `port: 9080` for one that carries http, else `ports`, by name where a Service or ServiceEntry tells the name. */
export function portWords(needed: readonly NeededPort[], known: readonly HostPort[] | undefined): PortWords {
  const [only, ...others] = needed;
  if (only === undefined) return { words: {}, keyOf: String };
  const named = needed.map((port) => ({ ...port, ...keyFor(port, known, needed) }));
  const keyOf = (number: number) =>
    words.port === number ? 'http' : (named.find((port) => port.number === number)?.key ?? String(number));
  const isPlain = named.every(
    ({ key, layer, protocol }) => layer === 'http' && protocol === undefined && (key === 'http' || key === String(only.number)),
  );
  const isShort = others.length === 0 && isPlain && Object.keys(only.words).length === 0;
  const words: JsonObject = isShort
    ? { port: only.number }
    : { ports: Object.fromEntries(named.map((port) => [port.key, portValue(port)])) };
  return { words, keyOf };
}

interface Key {
  readonly key: string;
  /** Where the key does not tell it. */
  readonly protocol?: string;
}

function keyFor({ number, layer }: NeededPort, known: readonly HostPort[] | undefined, needed: readonly NeededPort[]): Key {
  const port = known?.find((one) => one.number === number);
  if (port?.name !== undefined && !/^\d+$/.test(port.name)) {
    const told = protocolOfPortName(port.name);
    const protocol = port.protocol?.toUpperCase();
    if (told !== undefined && (protocol === undefined || protocol === told)) return { key: port.name };
    if (protocol !== undefined && routeListOf(protocol) !== undefined) return { key: port.name, protocol };
    return { key: port.name, protocol: protocolFor(layer) };
  }
  if (layer === 'http') return { key: String(number) };
  const isAlone = needed.filter((other) => other.layer === layer).length === 1;
  return isAlone ? { key: layer } : { key: `${layer}-${number}` };
}

function portValue({ number, key, protocol, words }: NeededPort & Key): Json {
  const own: JsonObject = { ...(key === String(number) ? {} : { number }), ...(protocol === undefined ? {} : { protocol }), ...words };
  return Object.keys(own).length === 1 && own.number === number ? number : own;
}

function protocolFor(layer: RouteList): string {
  return layer.toUpperCase();
}

/** Which list carries what a known port has; http where nothing tells. */
export function layerOf(number: number, known: readonly HostPort[] | undefined): RouteList {
  const port = known?.find((one) => one.number === number);
  const protocol = port?.protocol ?? (port?.name === undefined ? undefined : protocolOfPortName(port.name));
  return routeListOf(protocol) ?? 'http';
}
