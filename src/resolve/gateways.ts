import { type Intent, originOf } from '../model/intent.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import { gatewayWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { layerOfProtocol, type RouteLayer } from './ports.ts';
import { knownGateway } from './reference-diagnostics.ts';
import type { Target } from './service.ts';

/** A gateway as those see it who are reached through it. */
export interface GatewayTarget {
  readonly intent: Intent;
  readonly name: string;
  readonly namespace?: string;
  readonly servers: readonly GatewayServer[];
}

export interface GatewayServer {
  readonly number: number;
  readonly portName: string;
  /** 'namespace/' prefixes taken off. */
  readonly hosts: readonly string[];
  /** Which route list reaches through it: terminated TLS carries http or tcp, passed-through TLS is routed by SNI. */
  readonly layer: RouteLayer;
  readonly origin: Origin;
}

export function gatewayTarget(context: ResolveContext, intent: Intent): GatewayTarget {
  const slash = intent.name.indexOf('/');
  const namespace = slash < 0 ? context.index.namespaceOf(intent) : intent.name.slice(0, slash);
  const servers = listOr(gatewayWords(intent).servers as readonly JsonObject[] | undefined).filter(isObject);
  return {
    intent,
    name: gatewayWords(intent).names?.Gateway ?? intent.name.slice(slash + 1),
    ...(namespace === undefined ? {} : { namespace }),
    servers: servers.map((server, i) => gatewayServer(intent, server, `/servers/${i}`)),
  };
}

function gatewayServer(intent: Intent, server: JsonObject, pointer: Pointer): GatewayServer {
  const port = objectOr(server.port);
  const { mode } = objectOr(server.tls);
  const protocol = String(port.protocol).toUpperCase();
  const passes = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
  return {
    number: Number(port.number),
    portName: String(port.name),
    hosts: listOr(server.hosts).map((host) => String(host).slice(String(host).indexOf('/') + 1)),
    layer: passes ? 'tls' : protocol === 'HTTPS' ? 'http' : protocol === 'TLS' ? 'tcp' : (layerOfProtocol(protocol) ?? 'tcp'),
    origin: originOf(intent, pointer),
  };
}

/** The gateway that an intent names at `pointer`, with a finding where there is none. */
export function namedGateway(context: ResolveContext, from: Target, name: string, pointer: Pointer): GatewayTarget | undefined {
  const intent = context.index.find('gateway', name, from.namespace);
  if (intent !== undefined) return gatewayTarget(context, intent);
  const known = context.index.names('gateway');
  context.report(knownGateway, { params: { name, known }, at: originOf(from.intent, pointer).at, hints: didYouMean(name, known) });
  return undefined;
}

/** How a VirtualService in `namespace` names the gateway: short at home, 'namespace/name' elsewhere. */
export function gatewayReference(gateway: GatewayTarget, namespace: string | undefined, origin: Origin): Traced<string> {
  if (gateway.namespace === undefined || gateway.namespace === namespace) return traced(gateway.name, origin);
  return traced(`${gateway.namespace}/${gateway.name}`, derived(origin, `the gateway lives in the namespace ${gateway.namespace}`));
}
