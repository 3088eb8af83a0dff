import { isHttpProtocol, listenersOf } from '../../../istio/listener-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr, stableJson } from '../../../model/json.ts';
import { sameObject } from './same-object.ts';
import type { Overlap, Selecting } from './selectors.ts';

/** A server of a Gateway. */
export interface Server extends Selecting {
  readonly object: MeshObject;
  /** Whether findings may be told at it. */
  readonly judged: boolean;
  /** '/servers/0' */
  readonly pointer: string;
  readonly port: number;
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

/** Those of Gateways that only the registry shows come first: a finding is told at one that is judged here. */
export function serversOf(mesh: Mesh): readonly Server[] {
  const own = new Set(mesh.ofKind('Gateway'));
  const others = mesh.shown('Gateway').filter((object) => !own.has(object));
  return [...others, ...own].flatMap((object) => (object.wellFormed ? serversIn(object, own.has(object)) : []));
}

function serversIn(object: MeshObject, judged: boolean): readonly Server[] {
  const selector = objectOr(object.spec.selector);
  const selectorKey = stableJson(selector);
  return listenersOf(object.spec, 'servers').flatMap(({ listener, port, bind, pointer }): readonly Server[] => {
    if (port === undefined) return [];
    return [
      {
        object,
        judged,
        pointer,
        selector,
        selectorKey,
        port: port.number,
        protocol: port.protocol,
        bind,
        tls: objectOr(listener.tls),
        speaks: isHttpProtocol(port.protocol) ? 'http' : listener.tls === undefined ? 'connections' : 'tls',
        hosts: listOr(listener.hosts).map((host, j) => serverHost(String(host), `${pointer}/hosts/${j}`, object.namespace)),
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
    return server.judged ? twins.slice(0, 1) : [];
  });
}
