import { routeListOf } from '../istio/protocol.ts';
import { type ServedHosts, servedHosts } from '../istio/served-hosts.ts';
import type { Environment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import { gatewayWords } from '../model/words.ts';
import { namespaceIn } from './index-intents.ts';
import type { RouteLayer } from './ports.ts';

/** A gateway as those see it who are reached through it. */
export interface GatewayTarget {
  readonly intent: Intent;
  /** The object's name, as VirtualServices refer to it. */
  readonly name: string;
  /** The intent's name: what is named after a gateway keeps its name when the object gets another. */
  readonly title: string;
  readonly namespace?: string;
  /** Empty for an existing gateway whose servers nobody wrote down. */
  readonly servers: readonly GatewayServer[];
  /** The servers of one layer, and the hosts that they serve to VirtualServices of a namespace. */
  readonly through: (layer: RouteLayer, namespace: string | undefined) => ServerGroup;
}

export interface GatewayServer {
  readonly number: number;
  readonly portName: string;
  /** 'host', or 'namespace/host' where only that namespace may use it. */
  readonly hosts: readonly string[];
  /** Which route list reaches through it: terminated TLS carries http or tcp, passed-through TLS is routed by SNI. */
  readonly layer: RouteLayer;
  readonly origin: Origin;
}

export interface ServerGroup {
  readonly servers: readonly GatewayServer[];
  readonly served: ServedHosts;
}

export function gatewayTarget(environment: Environment, intent: Intent): GatewayTarget {
  const slash = intent.name.indexOf('/');
  const namespace = slash < 0 ? namespaceIn(environment, intent) : intent.name.slice(0, slash);
  const written = listOr(gatewayWords(intent).servers as readonly JsonObject[] | undefined).filter(isObject);
  const servers = written.map((server, i) => gatewayServer(intent, server, `/servers/${i}`));
  const groups = new Map<string, ServerGroup>();
  const title = intent.name.slice(slash + 1);
  return {
    intent,
    name: gatewayWords(intent).names?.Gateway ?? title,
    title,
    ...(namespace === undefined ? {} : { namespace }),
    servers,
    through: (layer, from) => {
      const key = `${layer} ${from ?? ''}`;
      const known = groups.get(key);
      if (known !== undefined) return known;
      const group = serverGroup(
        servers.filter((server) => server.layer === layer),
        from,
        namespace,
      );
      groups.set(key, group);
      return group;
    },
  };
}

export function serverGroup(servers: readonly GatewayServer[], from: string | undefined, home: string | undefined): ServerGroup {
  return { servers, served: servedHosts(servers.flatMap((server) => hostsFor(server, from, home))) };
}

/** A server's hosts that VirtualServices of a namespace may use: 'ns/host' is for that namespace, './host' for the gateway's own. */
export function hostsFor({ hosts }: GatewayServer, from: string | undefined, home: string | undefined): readonly string[] {
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/');
    const admitted = slash < 0 ? '*' : host.slice(0, slash);
    const admits = admitted === '*' || from === undefined || (admitted === '.' ? home : admitted) === from;
    return admits ? [host.slice(slash + 1)] : [];
  });
}

function gatewayServer(intent: Intent, server: JsonObject, pointer: Pointer): GatewayServer {
  const port = objectOr(server.port);
  const { mode } = objectOr(server.tls);
  const protocol = String(port.protocol).toUpperCase();
  const passes = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
  return {
    number: Number(port.number),
    portName: String(port.name),
    hosts: listOr(server.hosts).map(String),
    layer: passes ? 'tls' : protocol === 'HTTPS' ? 'http' : protocol === 'TLS' ? 'tcp' : (routeListOf(protocol) ?? 'tcp'),
    origin: originOf(intent, pointer),
  };
}

/** How a VirtualService in `namespace` names the gateway: short at home, 'namespace/name' elsewhere. */
export function gatewayReference(gateway: GatewayTarget, namespace: string | undefined, origin: Origin): Traced<string> {
  if (gateway.namespace === undefined || gateway.namespace === namespace) return traced(gateway.name, origin);
  return traced(`${gateway.namespace}/${gateway.name}`, derived(origin, `the gateway lives in the namespace ${gateway.namespace}`));
}
