import { isHandWritten, titleOf } from '../../../mesh/mesh-object.ts';
import { describeRequest } from '../../../requests/request.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { closedHttpReach, type HttpReach, isReached } from './http-reach.ts';
import { plainFor } from './plain-for.ts';
import { routePlaces, routeTitle, takenPlaces } from './route-words.ts';
import { createTeller } from './words-told.ts';

/**
 * Some request comes to each http route. Decided by what the matches mean, where Istio compares their texts
 * (pkg/config/validation/validation.go analyzeUnreachableHTTPRules): a route that one earlier route takes all requests of, or several do
 * together, is found however they are written, and none is reported that a request still reaches.
 */
export const reachableHttpRoute = defineMeshRule<{ id: string; route: string; takers: string; request: string }>({
  code: 'MS5850',
  name: 'reachable-http-route',
  severity: 'warning',
  alias: 'IST0130',
  summary: ({ id, route, takers, request }) =>
    `no request reaches ${route} of ${id}: all that match it, such as ${request}, go to ${takers}`,
  why: 'Envoy takes the first route that matches, so what this one says never happens, though somebody wrote it to happen.',
  fix: 'Move it above the routes that take its requests, narrow those, or remove it.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const tell = createTeller(mesh);
    for (const { object, reach } of closedHttpReach(mesh)) {
      const taken = reach.alternatives.flatMap((alternative) => takenOf(alternative));
      const [first] = taken;
      if (first === undefined || isReached(reach)) continue;
      const words = tell(object, first.alternative);
      if (words === undefined) continue;
      const takers = taken.flatMap(({ by }) => by);
      const request = describeRequest(first.request, plainFor(object.spec, object.namespace));
      const params = { id: titleOf(object), route: routeTitle(reach.part), takers: routePlaces(takers), request };
      report(object, {
        params,
        pointer: isHandWritten(object.manifest) ? reach.part.pointer : words,
        related: takenPlaces(takers, object),
      });
    }
  },
});

function takenOf(alternative: HttpReach['alternatives'][number]) {
  const { fate } = alternative;
  return fate.kind === 'taken' ? [{ alternative, by: fate.by, request: fate.request }] : [];
}
