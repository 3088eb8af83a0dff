import { qualifiedGateway } from '../istio/host.ts';
import type { RouteList } from '../istio/virtual-service-parts.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { Cluster } from './cluster.ts';
import type { MeshObject } from './mesh-object.ts';
import type { Workload } from './workloads.ts';

/** A Gateway of Istio's: an object of the input, or one that an intent says is there. */
export interface KnownGateway {
  /** 'namespace/name' */
  readonly id: string;
  readonly namespace: string;
  /** Labels of the pods that it configures; undefined where nothing tells, {} for every gateway pod. */
  readonly selector?: JsonObject;
  /** Undefined where nobody wrote them. */
  readonly servers?: readonly KnownServer[];
  /** The servers as they are written; empty where nobody wrote them. */
  readonly written: readonly JsonObject[];
  readonly object?: MeshObject;
}

export interface KnownServer {
  readonly number: number;
  /** Which of a VirtualService's lists routes what arrives: terminated TLS carries http or tcp, passed-through TLS is routed by SNI. */
  readonly list: RouteList;
  /** 'host', or 'namespace/host' where only that namespace may use it. */
  readonly hosts: readonly string[];
}

/** A gateway that an intent names as `external: true`. */
export interface DeclaredGateway {
  readonly id: string;
  readonly namespace: string;
  readonly selector?: JsonObject;
  readonly servers?: readonly Json[];
}

export type GatewayAnswer =
  | { readonly known: 'yes'; readonly gateway: KnownGateway }
  /** The input shows Gateways of that namespace, and this one is not among them. */
  | { readonly known: 'no' }
  | { readonly known: 'unknown' };

export interface KnownGateways {
  readonly all: readonly KnownGateway[];
  /** By a reference as a VirtualService in `namespace` writes it; not for `mesh`, which is no object. */
  readonly find: (reference: string, namespace: string) => GatewayAnswer;
  /** The names of a namespace's Gateways. */
  readonly names: (namespace: string) => readonly string[];
  /** Gateways of a name, in whatever namespace. */
  readonly named: (name: string) => readonly MeshObject[];
  /** The pods that it configures, as far as the input shows them (Istio looks in all namespaces: PILOT_SCOPE_GATEWAY_TO_NAMESPACE is off). */
  readonly podsOf: (gateway: KnownGateway) => readonly Workload[];
}

export function knownGateways(objects: readonly MeshObject[], declared: readonly DeclaredGateway[], cluster: Cluster): KnownGateways {
  const byId = new Map<string, KnownGateway>();
  const namesIn = new Map<string, string[]>();
  const named = new Map<string, MeshObject[]>();
  for (const gateway of [...declared.map(declaredGateway), ...objects.map(objectGateway)]) {
    byId.set(gateway.id, gateway);
    if (gateway.object === undefined) continue;
    add(namesIn, gateway.namespace, gateway.object.name);
    add(named, gateway.object.name, gateway.object);
  }
  return {
    all: [...byId.values()],
    find: (reference, namespace) => {
      const id = qualifiedGateway(reference, namespace);
      const gateway = byId.get(id);
      if (gateway !== undefined) return { known: 'yes', gateway };
      return { known: namesIn.has(id.slice(0, id.indexOf('/'))) ? 'no' : 'unknown' };
    },
    names: (namespace) => namesIn.get(namespace) ?? [],
    named: (name) => named.get(name) ?? [],
    podsOf: rememberedFor(({ selector = {} }: KnownGateway) => (Object.keys(selector).length === 0 ? [] : cluster.selected(selector))),
  };
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

/** A Gateway object as VirtualServices find it. */
export const objectGateway = rememberedFor((object: MeshObject): KnownGateway => {
  const { namespace, name, spec } = object;
  const written = listOr(spec.servers).filter(isObject);
  return { id: `${namespace}/${name}`, namespace, selector: objectOr(spec.selector), servers: written.flatMap(serverOf), written, object };
});

const declaredGateway = rememberedFor(({ id, namespace, selector, servers }: DeclaredGateway): KnownGateway => {
  return {
    id,
    namespace,
    ...(selector === undefined ? {} : { selector }),
    ...(servers === undefined ? {} : { servers: servers.flatMap(serverOf) }),
    written: (servers ?? []).filter(isObject),
  };
});

function serverOf(server: Json): readonly KnownServer[] {
  if (!isObject(server)) return [];
  const { number, protocol } = objectOr(server.port);
  const { mode } = objectOr(server.tls);
  if (typeof number !== 'number') return [];
  const list = listOf(String(protocol).toUpperCase(), mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH');
  return [{ number, list, hosts: listOr(server.hosts).map(String) }];
}

function listOf(protocol: string, passes: boolean): RouteList {
  if (passes) return 'tls';
  return ['HTTP', 'HTTP2', 'HTTPS', 'GRPC', 'GRPC-WEB'].includes(protocol) ? 'http' : 'tcp';
}
