import { protocolOfPortName, routeListOf } from '../istio/protocol.ts';
import type { RouteList } from '../istio/virtual-service-parts.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Intent, originOf } from '../model/intent.ts';
import type { Origin, Traced } from '../model/origin.ts';
import { joinPointer } from '../model/pointer.ts';
import type { PortWords } from '../model/words.ts';
import { portHasNumber, portHasProtocol, uniquePortNumber } from './port-diagnostics.ts';

/** Which of Istio's three route lists a port's traffic goes through. */
export type RouteLayer = RouteList;

export interface Port {
  readonly key: string;
  readonly number: number;
  /** Istio's protocol name, upper case: 'HTTP', 'GRPC', 'MONGO' … */
  readonly protocol: string;
  readonly layer: RouteLayer;
  readonly words: PortWords;
  readonly origin: Origin;
  /** Where the protocol was said: its own word, or the port's name. */
  readonly protocolOrigin: Origin;
  /** TLS that the compiler adds, because another word asks for it (`originateTls`). */
  readonly addedTls?: Traced;
}

/** An intent's ports in written order (numeric keys first, ascending: JSON's own order). */
export function readPorts(
  intent: Intent,
  ports: Readonly<Record<string, PortWords>> | undefined,
  diagnostics: Diagnostic[],
): readonly Port[] {
  const read: Port[] = [];
  for (const [key, words] of Object.entries(ports ?? {})) {
    const port = readPort(intent, key, words, diagnostics);
    if (port === undefined) continue;
    const twin = read.find((other) => other.number === port.number);
    if (twin === undefined) read.push(port);
    else {
      const related = twin.origin.at === undefined ? [] : [{ message: 'also here', at: twin.origin.at }];
      diagnostics.push(diagnose(uniquePortNumber, { params: { number: port.number, keys: [twin.key, key] }, at: port.origin.at, related }));
    }
  }
  return read;
}

function readPort(intent: Intent, key: string, words: PortWords, diagnostics: Diagnostic[]): Port | undefined {
  const place = joinPointer('/ports', key);
  const numericKey = /^\d+$/.test(key);
  const number = words.number ?? (numericKey ? Number(key) : undefined);
  const origin = originOf(intent, words.number === undefined ? place : `${place}/number`, words.number === undefined ? 'key' : 'value');
  if (number === undefined || number < 1 || number > 65535) {
    diagnostics.push(diagnose(portHasNumber, { params: { key }, at: originOf(intent, place, 'key').at }));
    return undefined;
  }
  const name = words.name ?? (numericKey ? undefined : key);
  const protocol = (words.protocol ?? (name === undefined ? 'HTTP' : protocolOfPortName(name)))?.toUpperCase();
  const layer = protocol === undefined ? undefined : routeListOf(protocol);
  if (protocol === undefined || layer === undefined) {
    diagnostics.push(diagnose(portHasProtocol, { params: { name: words.protocol ?? name ?? key }, at: originOf(intent, place, 'key').at }));
    return undefined;
  }
  const protocolPointer = words.protocol !== undefined ? `${place}/protocol` : words.name !== undefined ? `${place}/name` : place;
  const protocolOrigin = originOf(intent, protocolPointer, protocolPointer === place ? 'key' : 'value');
  return { key, number, protocol, layer, words, origin, protocolOrigin };
}
