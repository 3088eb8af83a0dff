import { type HttpRouteInForce, httpRoutesInForce, type LostDelegate } from '../mesh/delegated-routes.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type JsonObject, stableJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { isCatchAll } from './match-request.ts';
import { gatewayName, labelsOf, type MeshProxy, namespaceOf } from './mesh-proxy.ts';
import { httpRefusal } from './static-conditions.ts';

/** One route of a proxy: Envoy tries them in turn, the first whose match holds takes the request. */
export interface HttpEntry extends Pick<HttpRouteInForce, 'object' | 'pointer' | 'route' | 'root'> {
  /** {} = everything. Its conditions on source and port hold already. */
  readonly match: JsonObject;
  /** Of the alternative; that of the route where it has none. */
  readonly matchPointer: Pointer;
}

/** Alternatives of which a proxy gets no route, and why. */
export interface RefusedMatch {
  readonly object: MeshObject;
  readonly pointer: Pointer;
  readonly reason: string;
}

export interface HttpEntries {
  readonly entries: readonly HttpEntry[];
  readonly refused: readonly RefusedMatch[];
  readonly lost: readonly LostDelegate[];
}

/**
 * The routes that a proxy gets of a VirtualService on a port, in order: each alternative of `match` is one. They end with the first
 * catch-all (route.go BuildHTTPRoutesForVirtualService).
 */
export function httpEntries(virtualService: MeshObject, mesh: Mesh, proxy: MeshProxy, port: number): HttpEntries {
  const known = entriesOf(mesh);
  const ofObject = known.get(virtualService) ?? new Map<string, HttpEntries>();
  known.set(virtualService, ofObject);
  const key = `${port} ${gatewayName(proxy)} ${namespaceOf(proxy)} ${stableJson(labelsOf(proxy))}`;
  const entries = ofObject.get(key) ?? readEntries(virtualService, mesh, proxy, port);
  ofObject.set(key, entries);
  return entries;
}

const entriesOf = rememberedFor((_mesh: Mesh) => new Map<MeshObject, Map<string, HttpEntries>>());

function readEntries(virtualService: MeshObject, mesh: Mesh, proxy: MeshProxy, port: number): HttpEntries {
  const { routes, lost } = httpRoutesInForce(virtualService, mesh);
  const entries: HttpEntry[] = [];
  const refused: RefusedMatch[] = [];
  for (const { object, pointer, route, matches, root } of routes) {
    const whose = { object, pointer, route, ...(root === undefined ? {} : { root }) };
    const alternatives = matches.length === 0 ? [{ match: {}, pointer }] : matches;
    for (const { match, pointer: matchPointer } of alternatives) {
      const reason = httpRefusal(match, object.namespace, proxy, port);
      if (reason !== undefined) {
        refused.push({ object, pointer: matchPointer, reason });
        continue;
      }
      entries.push({ ...whose, match, matchPointer });
      if (isCatchAll(match)) return { entries, refused, lost };
    }
  }
  return { entries, refused, lost };
}
