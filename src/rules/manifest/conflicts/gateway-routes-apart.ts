import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import { createConditionIndex } from '../../../requests/condition-index.ts';
import { someEffort } from '../../../requests/effort.ts';
import { findRequest } from '../../../requests/find-request.ts';
import { httpCondition } from '../../../requests/http-condition.ts';
import { intersectMatch } from '../../../requests/intersect-match.ts';
import { describeRequest, plainRequest } from '../../../requests/request.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { apartByAgeAlone, type GatewayRoute, gatewayWords, sharedVirtualHosts } from './gateway-routes.ts';

/**
 * Two VirtualServices on one virtual host of a gateway are tried in the order of their creation (Istio: gateway.go,
 * VirtualServicesForGateway), which git does not know, so no request should be taken by both. Routes that take everything go to the end
 * of all (SortVHostRoutes), and two that do the same may meet. Among intents: `no-overlapping-exposures`.
 */
export const gatewayRoutesApart = defineMeshRule<{ id: string; other: string; request: string; host: string; gateways: string }>({
  code: 'MS5807',
  name: 'gateway-routes-apart',
  severity: 'warning',
  summary: ({ id, other, request, host, gateways }) =>
    `${id} and ${other} both take ${request} of ${host === '*' ? 'all hosts' : host} on ${gateways}`,
  why: 'Istio tries the routes of several VirtualServices on one host in the order of their creation, so who answers depends on which was applied first.',
  fix: 'Write such routes into one VirtualService, in order, or let a root VirtualService delegate to both.',
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway'],
  check(mesh, report) {
    const reported = new Set<string>();
    const effort = someEffort();
    const { minor } = mesh.environment.istio;
    for (const { name, routes } of sharedVirtualHosts(mesh)) {
      const index = createConditionIndex<GatewayRoute>();
      const plain = { ...plainRequest, host: name.replace(/^\*\.?/, 'any.') };
      for (const route of routes) {
        if (route.takesAll) continue;
        const condition = httpCondition(route.match, { minor, namespace: route.object.namespace });
        for (const { condition: others, owner: other } of index.candidates(condition)) {
          const key = `${titleOf(route.object)} ${titleOf(other.object)}`;
          if (reported.has(key) || !mayMeet(route, other)) continue;
          const both = findRequest([...others, ...condition], { plain, effort });
          if (both.kind !== 'found') continue;
          reported.add(key);
          const params = { id: titleOf(route.object), other: titleOf(other.object), host: name, gateways: gatewayWords(route, other) };
          report(route.object, {
            params: { ...params, request: describeRequest(both.request, plain) },
            pointer: route.pointer,
            related: [{ message: 'the other route', at: other.object.at(other.pointer) }],
          });
        }
        index.add(condition, route);
      }
    }
  },
});

/** What is cheap to see, before a request is looked for. */
function mayMeet(a: GatewayRoute, b: GatewayRoute): boolean {
  return apartByAgeAlone(a, b) && !unrelated(a.match, b.match) && intersectMatch(a.match, b.match).kind !== 'impossible';
}

/** Each asks for a header or parameter of which the other knows nothing: requests that have both are not what either is written for. */
function unrelated(a: JsonObject, b: JsonObject): boolean {
  const [x, y] = [markers(a), markers(b)];
  return x.some((one) => !y.includes(one)) && y.some((one) => !x.includes(one));
}

function markers(match: JsonObject): readonly string[] {
  return ['headers', 'queryParams'].flatMap((key) => Object.keys(objectOr(match[key])).map((name) => `${key} ${name.toLowerCase()}`));
}
