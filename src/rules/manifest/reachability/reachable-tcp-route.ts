import type { RoutePart } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { type ConnectionMatch, connectionMatches, isAt, type Standing, takersAt } from './connection-matches.ts';
import { matchTitle, routePlaces, routeTitle, takenPlaces } from './route-words.ts';

/**
 * Some connection comes to each tcp route, and to each of its matches. In sidecars a route without a match, or with one that has no
 * destinationSubnets, ends the list (Istio: pilot/pkg/networking/core/tls.go buildSidecarOutboundTCPFilterChainOpts); a gateway uses the
 * first route for the port, whatever else its matches say (gateway.go buildGatewayNetworkFiltersFromTCPRoutes).
 */
export const reachableTcpRoute = defineObjectInMeshRule<{ id: string; route: string; takers: string }>({
  code: 'MS5855',
  name: 'reachable-tcp-route',
  severity: 'warning',
  alias: 'IST0130',
  summary: ({ id, route, takers }) => `no connection reaches ${route} of ${id}: ${takers} takes them all`,
  why: 'Istio stops at the first tcp route that takes every connection of a port; at gateways that is the first one for the port, even if it has `destinationSubnets` or `sourceLabels`.',
  fix: 'Move it above the route that takes its connections, give that one a condition, or remove it.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    for (const { part, matches, taken } of takenRoutes(object, mesh)) {
      const isWhole = taken.length === matches.length;
      for (const { match, by } of isWhole ? taken.slice(0, 1) : taken) {
        const route = isWhole ? routeTitle(part) : matchTitle(part, match.pointer);
        const pointer = isWhole ? part.pointer : match.pointer;
        report({ params: { id: titleOf(object), route, takers: routePlaces(by) }, pointer, related: takenPlaces(by, object) });
      }
    }
  },
});

interface TakenMatch {
  readonly match: ConnectionMatch;
  readonly by: readonly ConnectionMatch[];
}

interface TakenRoute {
  readonly part: RoutePart;
  readonly matches: readonly ConnectionMatch[];
  readonly taken: readonly TakenMatch[];
}

function takenRoutes(object: MeshObject, mesh: Mesh): readonly TakenRoute[] {
  const all = connectionMatches(object, mesh, 'tcp');
  const takers: Takers = { gateway: [], sidecar: [] };
  return [...new Set(all.map(({ part }) => part))].map((part) => {
    const matches = all.filter((match) => match.part === part);
    const taken = matches.flatMap((match) => {
      const by = takenBy(match, takers);
      return by.length === 0 ? [] : [{ match, by }];
    });
    for (const match of matches) {
      takers.gateway.push(match);
      if (match.subnets.length === 0) takers.sidecar.push(match);
    }
    return { part, matches, taken };
  });
}

type Takers = Readonly<Record<Standing, ConnectionMatch[]>>;

/** The earlier matches that leave it nothing, wherever it is at all; none where something is left. */
function takenBy(match: ConnectionMatch, takers: Takers): readonly ConnectionMatch[] {
  const standings = (['gateway', 'sidecar'] as const).filter((standing) => isAt(match, standing));
  const by = standings.map((standing) => takersAt(match, takers[standing], standing));
  return by.some((those) => those.length === 0) ? [] : by.flat();
}
