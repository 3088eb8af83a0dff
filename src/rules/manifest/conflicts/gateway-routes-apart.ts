import { intersectMatch } from '../../../istio/intersect-match.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import { type Effort, someEffort } from '../../../requests/effort.ts';
import { findRequest } from '../../../requests/find-request.ts';
import { httpCondition } from '../../../requests/http-condition.ts';
import { describeRequest, plainRequest } from '../../../requests/request.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { createMatchIndex } from '../../match-index.ts';
import { apartByAgeAlone, type GatewayRoute, sharedVirtualHosts } from './gateway-routes.ts';

/**
 * Two VirtualServices on one virtual host of a gateway are tried in the order of their creation (Istio: gateway.go,
 * VirtualServicesForGateway), which git does not know, so no request should be taken by both. Routes that take everything go to the end
 * of all (SortVHostRoutes), and two that do the same may meet. Among intents: `no-overlapping-exposures`.
 */
export const gatewayRoutesApart = defineMeshRule<{ id: string; other: string; request: string; host: string; gateway: string }>({
  code: 'MS5807',
  name: 'gateway-routes-apart',
  severity: 'warning',
  summary: ({ id, other, request, host, gateway }) =>
    `${id} and ${other} both take ${request} of ${host === '*' ? 'all hosts' : host} on the gateway ${gateway}`,
  why: 'Istio tries the routes of several VirtualServices on one host in the order of their creation, so who answers depends on which was applied first.',
  fix: 'Write such routes into one VirtualService, in order, or let a root VirtualService delegate to both.',
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway'],
  check(mesh, report) {
    const reported = new Set<string>();
    const effort = someEffort();
    for (const { gateway, name, routes } of sharedVirtualHosts(mesh)) {
      const index = createMatchIndex<GatewayRoute>();
      for (const route of routes) {
        if (route.takesAll) continue;
        for (const [match, other] of index.candidates(route.match)) {
          const key = `${titleOf(route.object)} ${titleOf(other.object)}`;
          if (reported.has(key) || !apartByAgeAlone(route, other) || unrelated(route.match, match)) continue;
          // Cheap to see of most; the rest is worth a search.
          if (intersectMatch(match, route.match).kind === 'impossible') continue;
          const request = requestFor(other, route, name, mesh.environment.istio.minor, effort);
          if (request === undefined) continue;
          reported.add(key);
          const params = { id: titleOf(route.object), other: titleOf(other.object), request, host: name, gateway };
          report(route.object, {
            params,
            pointer: route.pointer,
            related: [{ message: 'the other route', at: other.object.at(other.pointer) }],
          });
        }
        index.add(route.match, route);
      }
    }
  },
});

/** Each asks for a header or parameter of which the other knows nothing: requests that have both are not what either is written for. */
function unrelated(a: JsonObject, b: JsonObject): boolean {
  const [x, y] = [markers(a), markers(b)];
  return x.some((one) => !y.includes(one)) && y.some((one) => !x.includes(one));
}

function markers(match: JsonObject): readonly string[] {
  return ['headers', 'queryParams'].flatMap((key) => Object.keys(objectOr(match[key])).map((name) => `${key} ${name.toLowerCase()}`));
}

/** A request that meets both; undefined where none does, or nobody can tell. */
function requestFor(a: GatewayRoute, b: GatewayRoute, host: string, minor: number, effort: Effort): string | undefined {
  const conditionOf = ({ match, object }: GatewayRoute) => httpCondition(match, { minor, namespace: object.namespace });
  const plain = { ...plainRequest, host: host.replace(/^\*\.?/, 'any.') };
  const search = findRequest([...conditionOf(a), ...conditionOf(b)], { plain, effort });
  return search.kind === 'found' ? describeRequest(search.request, plain) : undefined;
}
