import { routesByHost } from '../../../mesh/carried-splits.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { Rollout, ShiftedObject } from '../../../mesh/rollouts.ts';
import { shiftedObjects } from '../../../mesh/shifted-objects.ts';
import type { ShiftedService } from '../../../mesh/shifted-services.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import { rulesOfHosts } from './rules-of-hosts.ts';

/** A service whose weights Argo Rollouts moves. */
export interface ShiftedByRollouts {
  readonly service: ShiftedService;
  /** What its Rollout has to name. */
  readonly objects: readonly ShiftedObject[];
  /** A rendered object of the service's own. */
  readonly own: MeshObject;
  /** Those that move its two subsets, where the input shows any. */
  readonly rollouts: readonly Rollout[];
}

/** Services that say `weights: argo-rollouts`, with what of it stands in VirtualServices. */
export const shiftedByRollouts = rememberedFor((mesh: Mesh): readonly ShiftedByRollouts[] => {
  const services = mesh.shifted.filter(({ owner }) => owner === 'argo-rollouts');
  if (services.length === 0) return [];
  const rules = rulesOfHosts(mesh);
  const routes = routesByHost(
    mesh.shown('VirtualService').filter(({ wellFormed }) => wellFormed),
    mesh.environment.clusterDomain,
  );
  return services.flatMap((service): readonly ShiftedByRollouts[] => {
    const [own, ...others] = rules.about(service.host.toLowerCase());
    if (own === undefined) return [];
    const isNamed = ({ destinationRule, namespace }: Rollout): boolean =>
      [own, ...others].some((rule) => rule.name === destinationRule && rule.namespace === namespace);
    const objects = shiftedObjects(service, routes);
    return [{ service, objects, own, rollouts: mesh.cluster.rollouts.filter(isNamed) }];
  });
});

/** 'bookinfo/reviews' */
export function nameOf({ namespace, name }: Pick<ShiftedObject, 'name' | 'namespace'>): string {
  return `${namespace}/${name}`;
}
