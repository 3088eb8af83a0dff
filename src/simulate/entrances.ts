import { hostWithin, qualifiedGateway } from '../istio/host.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { listOr } from '../model/json.ts';

/** A way into the routes of a VirtualService: by a gateway, or from a pod of a namespace. */
export interface Entrance {
  /** 'namespace/name' */
  readonly via?: string;
  readonly from: string;
}

/** The mesh first, from the VirtualService's own namespace. */
export function entrancesOf({ spec, namespace }: MeshObject): readonly Entrance[] {
  const names = listOr(spec.gateways).map(String);
  const gateways = names.filter((name) => name !== 'mesh').map((name) => ({ via: qualifiedGateway(name, namespace), from: namespace }));
  return names.length === 0 || names.includes('mesh') ? [{ from: namespace }, ...gateways] : gateways;
}

/** Where a request for a host enters if nobody says: where the first VirtualService is bound that is for it; else from a pod. */
export function likelyEntrance(host: string, mesh: Mesh): { readonly via: string } | { readonly from: string } {
  const lower = host.toLowerCase();
  const bound = mesh.shown('VirtualService').flatMap((object) =>
    listOr(object.spec.hosts).flatMap((written) => {
      const full = mesh.hosts.qualified(String(written), object.namespace).toLowerCase();
      return full === lower || String(written).toLowerCase() === lower || hostWithin(lower, full) ? [{ object, full }] : [];
    }),
  );
  const best = bound.sort((a, b) => Number(a.full.startsWith('*')) - Number(b.full.startsWith('*')) || b.full.length - a.full.length)[0];
  const [first] = best === undefined ? [] : entrancesOf(best.object);
  return first?.via === undefined ? { from: first?.from ?? mesh.home } : { via: first.via };
}
