import type { RouteList } from '../../../istio/virtual-service-parts.ts';
import { boundToMesh } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { rememberedByReads } from '../../../model/recorded-reads.ts';
import { audienceOfObject, lookupLists } from './audiences.ts';
import { holdTogether, type MeshCondition, meshConditions } from './mesh-conditions.ts';
import { sameObject } from './same-object.ts';

const routeLists: readonly RouteList[] = ['http', 'tls', 'tcp'];

/** One host that a VirtualService routes for sidecars. */
export interface MeshClaim {
  readonly object: MeshObject;
  /** '/hosts/0' */
  readonly pointer: string;
  /** Fully qualified, in lower case. */
  readonly host: string;
  /** The lists of a proxy's lookup in which it stands. */
  readonly lists: readonly string[];
  /** When each kind of its routes holds. */
  readonly conditions: ReadonlyMap<RouteList, readonly MeshCondition[]>;
}

export function meshClaims(mesh: Mesh): readonly MeshClaim[] {
  return mesh.ofKind('VirtualService').flatMap((object) => claimsOf(object, mesh));
}

const claimsOf = rememberedByReads((object: MeshObject, mesh: Mesh): readonly MeshClaim[] => {
  const { spec, namespace, wellFormed } = object;
  if (!wellFormed || !boundToMesh(spec)) return [];
  const lists = lookupLists(object, audienceOfObject(object, mesh));
  const conditions = new Map(routeLists.map((list) => [list, meshConditions(spec, list)]));
  return listOr(spec.hosts).map(
    (host, i): MeshClaim => ({
      object,
      pointer: `/hosts/${i}`,
      host: mesh.hosts.qualified(String(host), namespace).toLowerCase(),
      lists,
      conditions,
    }),
  );
});

/** Whether some sidecar would get routes of one kind from both, so that their age decides between them. */
export function areRivals(a: MeshClaim, b: MeshClaim): boolean {
  return (
    !sameObject(a.object, b.object) &&
    a.lists.some((list) => b.lists.includes(list)) &&
    routeLists.some((list) => {
      const others = b.conditions.get(list) ?? [];
      return (a.conditions.get(list) ?? []).some((one) => others.some((other) => holdTogether(one, other)));
    })
  );
}
