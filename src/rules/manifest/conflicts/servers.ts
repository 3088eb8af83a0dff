import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr, objectOr, stableJson } from '../../../model/json.ts';
import { sameObject } from './same-object.ts';
import type { Overlap, Selecting } from './selectors.ts';

/** A server of a Gateway. */
export interface Server extends Selecting {
  readonly object: MeshObject;
  /** '/servers/0' */
  readonly pointer: string;
  readonly port: number;
  readonly portName: string;
  /** In upper case. */
  readonly protocol: string;
  /** '' = all addresses. */
  readonly bind: string;
  readonly tls: JsonObject;
  /**
   * Plain http, which all servers of a port share; TLS, told apart by the name that the client asks for; or connections of which nothing
   * is known (Istio: pkg/config/gateway/gateway.go).
   */
  readonly speaks: 'http' | 'tls' | 'connections';
  readonly hosts: readonly ServerHost[];
}

export interface ServerHost {
  /** '/servers/0/hosts/1' */
  readonly pointer: string;
  /** In lower case, without its namespace. */
  readonly name: string;
  /** From which VirtualServices may come; undefined = any. */
  readonly namespace?: string;
}

const httpProtocols: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB']);

export function serversOf(mesh: Mesh): readonly Server[] {
  return mesh.ofKind('Gateway').flatMap((object) => (object.wellFormed ? serversIn(object) : []));
}

function serversIn(object: MeshObject): readonly Server[] {
  const selector = objectOr(object.spec.selector);
  return listOr(object.spec.servers).flatMap((server, i): readonly Server[] => {
    if (!isObject(server)) return [];
    const { number, name, protocol } = objectOr(server.port);
    const pointer = `/servers/${i}`;
    const kind = String(protocol).toUpperCase();
    return [
      {
        object,
        pointer,
        selector,
        selectorKey: stableJson(selector),
        port: typeof number === 'number' ? number : 0,
        portName: String(name),
        protocol: kind,
        bind: typeof server.bind === 'string' ? server.bind : '',
        tls: objectOr(server.tls),
        speaks: httpProtocols.has(kind) ? 'http' : server.tls === undefined ? 'connections' : 'tls',
        hosts: listOr(server.hosts).map((host, j) => serverHost(String(host), `${pointer}/hosts/${j}`, object.namespace)),
      },
    ];
  });
}

function serverHost(written: string, pointer: string, home: string): ServerHost {
  const slash = written.indexOf('/');
  const name = written.slice(slash + 1).toLowerCase();
  const before = slash < 0 ? '*' : written.slice(0, slash);
  return before === '*' ? { pointer, name } : { pointer, name, namespace: before === '.' ? home : before };
}

/** 'shop.example.com', 'all hosts' */
export function titleOfHost({ name }: ServerHost): string {
  return name === '*' ? 'all hosts' : name;
}

/** A host where a server serves it. */
export interface ServedHost {
  readonly server: Server;
  readonly host: ServerHost;
}

/** For each server the first host that a server of an earlier Gateway serves already, by the key of both and as far as one workload gets both. */
export function hostsServedTwice(
  servers: readonly Server[],
  keyOf: (served: ServedHost) => string,
  overlap: Overlap,
): readonly { readonly later: ServedHost; readonly earlier: ServedHost }[] {
  const known = new Map<string, ServedHost[]>();
  return servers.flatMap((server) => {
    const served = server.hosts.map((host): ServedHost => ({ server, host }));
    const twins = served.flatMap((later) => {
      const group = known.get(keyOf(later)) ?? [];
      const earlier = group.find((one) => !sameObject(one.server.object, server.object) && overlap(one.server, server));
      return earlier === undefined ? [] : [{ later, earlier }];
    });
    for (const one of served) known.set(keyOf(one), [...(known.get(keyOf(one)) ?? []), one]);
    return twins.slice(0, 1);
  });
}
