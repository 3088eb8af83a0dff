import { matchesOf, type RoutePart } from '../../../istio/virtual-service-parts.ts';
import { carriersOf, routesByHost } from '../../../mesh/carried-splits.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { strayList } from '../../../mesh/shifted-objects.ts';
import type { ShiftedService } from '../../../mesh/shifted-services.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/**
 * Flagger writes one VirtualService, which has the name of its Canary's service (flagger 1.44, pkg/router/istio.go), and sends all others to the
 * pods of its primary. Argo Rollouts can be told of several, but takes the tls or tcp routes of each for those of its own service.
 */
export const controllerMovesEachSplit = defineMeshRule<{ id: string; name: string; reason: string }>({
  code: 'MS5921',
  name: 'controller-moves-each-split',
  severity: 'warning',
  summary: ({ id, name, reason }) => `${id} leads to ${name} past the controller that moves its traffic: ${reason}`,
  why: 'Requests that come this way never meet the new version while it is tried, so the analysis judges a part of them, and all of them meet it at once when it is promoted.',
  fix: 'Let the controller have the way: with Flagger, `gateways` and `hosts` under `service` of the Canary instead of `expose`; otherwise expose the service itself instead of leading to it. Or waive this, with the reason.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    if (mesh.shifted.length === 0) return;
    const byHost = routesByHost(
      mesh.ofKind('VirtualService').filter(({ wellFormed }) => wellFormed),
      mesh.environment.clusterDomain,
    );
    for (const service of mesh.shifted) {
      for (const { object, splits } of carriersOf(service, byHost)) {
        const [first] = splits;
        if (first === undefined || isOwn(object, service)) continue;
        const stray = strayList(object.spec, splits);
        if (service.owner === 'argo-rollouts' && stray === undefined) continue;
        const reason =
          service.owner === 'flagger'
            ? `Flagger writes VirtualService ${service.namespace}/${service.name} and no other`
            : `Argo Rollouts would take its ${stray} routes for those of ${service.name}, and stop`;
        const related = service.at === undefined ? [] : [{ message: 'who moves the traffic', at: service.at }];
        report(object, { params: { id: titleOf(object), name: service.name, reason }, pointer: wordsOf(first.route, object), related });
      }
    }
  },
});

/** What somebody wrote of the route itself: its condition, or the gateway that it is at. */
function wordsOf(route: RoutePart, { spec }: MeshObject): Pointer {
  const [first] = matchesOf(route);
  const [key] = Object.keys(first?.match ?? {});
  if (first !== undefined && key !== undefined) return `${first.pointer}/${key}`;
  return spec.gateways === undefined ? route.pointer : '/gateways/0';
}

function isOwn({ name, namespace }: MeshObject, service: ShiftedService): boolean {
  return name === service.name && namespace === service.namespace;
}
