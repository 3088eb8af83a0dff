import { hostWithin, qualifiedGateway } from '../../../istio/host.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import { audienceOfObject } from './audiences.ts';
import { type Server, type ServerHost, serversOf } from './servers.ts';

/** A VirtualService on a server of a gateway that it is bound to, under the names that Istio gives their virtual hosts. */
export interface GatewayBinding {
  readonly object: MeshObject;
  /** 'namespace/name' */
  readonly gateway: string;
  /** Undefined where the input does not show the Gateway. */
  readonly server?: Server;
  /** The narrower of the server's host and the VirtualService's, each once, in lower case. */
  readonly names: readonly string[];
}

/**
 * Every binding of a VirtualService that all namespaces see. Of one that some see, the input does not tell whether the gateway's pods are
 * among them; and those of their own namespace are tried first, whatever their age.
 */
export const gatewayBindings = rememberedFor((mesh: Mesh): readonly GatewayBinding[] => {
  const gateways = new Map<string, GatewayHosts>();
  for (const server of serversOf(mesh)) {
    const key = `${server.object.namespace}/${server.object.name}`;
    const hosts = gateways.get(key) ?? { exact: new Map(), wildcards: [], servers: new Set() };
    gateways.set(key, hosts);
    addServer(hosts, server);
  }
  return mesh.ofKind('VirtualService').flatMap((object) => {
    if (!object.wellFormed || audienceOfObject(object, mesh) !== 'everyone') return [];
    const hosts = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace).toLowerCase());
    return gatewaysOf(object).flatMap((gateway): readonly GatewayBinding[] => {
      const known = gateways.get(gateway);
      return known === undefined ? [{ object, gateway, names: [...new Set(hosts)] }] : bindingsOn(known, object, gateway, hosts);
    });
  });
});

/** The gateways that a VirtualService names, the mesh apart, as 'namespace/name'. */
export function gatewaysOf({ spec, namespace }: MeshObject): readonly string[] {
  const named = listOr(spec.gateways).filter((gateway) => gateway !== 'mesh');
  return [...new Set(named.map((gateway) => qualifiedGateway(String(gateway), namespace)))];
}

/** Whether a match holds on a gateway, as far as it says for which it is meant. */
export function holdsOn(gateways: unknown, gateway: string, namespace: string): boolean {
  const named = Array.isArray(gateways) ? gateways.map(String) : [];
  return named.length === 0 || named.some((one) => one !== 'mesh' && qualifiedGateway(one, namespace) === gateway);
}

interface Served {
  readonly server: Server;
  readonly host: ServerHost;
}

interface GatewayHosts {
  readonly exact: Map<string, Served[]>;
  readonly wildcards: Served[];
  readonly servers: Set<Server>;
}

function addServer({ exact, wildcards, servers }: GatewayHosts, server: Server): void {
  servers.add(server);
  for (const host of server.hosts) {
    const served = { server, host };
    if (host.name.startsWith('*')) wildcards.push(served);
    const same = exact.get(host.name);
    if (same === undefined) exact.set(host.name, [served]);
    else same.push(served);
  }
}

function bindingsOn(known: GatewayHosts, object: MeshObject, gateway: string, hosts: readonly string[]): readonly GatewayBinding[] {
  const names = new Map<Server, Set<string>>();
  const meet = (server: Server, name: string) => names.set(server, (names.get(server) ?? new Set()).add(name));
  for (const host of hosts) {
    for (const { server, host: served } of candidates(known, host)) {
      if (served.namespace !== undefined && served.namespace !== object.namespace) continue;
      if (hostWithin(host, served.name)) meet(server, host);
      else if (hostWithin(served.name, host)) meet(server, served.name);
    }
  }
  return [...names].map(([server, found]) => ({ object, gateway, server, names: [...found] }));
}

function candidates({ exact, wildcards, servers }: GatewayHosts, host: string): readonly Served[] {
  if (host.startsWith('*')) return [...servers].flatMap((server) => server.hosts.map((served) => ({ server, host: served })));
  return [...(exact.get(host) ?? []), ...wildcards];
}
