import { titleOf } from '../../../mesh/mesh-object.ts';
import { describeRequest } from '../../../requests/request.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { closedHttpReach, isReached } from './http-reach.ts';
import { plainFor } from './plain-for.ts';
import { matchTitle, routePlaces, takenPlaces } from './route-words.ts';
import { createTeller } from './words-told.ts';

/**
 * Of a route with several matches, some request comes to each (Istio: pkg/config/validation/validation.go analyzeUnreachableHTTPRules
 * reports those whose text is that of an earlier one, or whose prefix begins with an earlier one's).
 */
export const reachableHttpMatch = defineMeshRule<{ id: string; match: string; takers: string; request: string }>({
  code: 'MS5851',
  name: 'reachable-http-match',
  severity: 'warning',
  alias: 'IST0131',
  summary: ({ id, match, takers, request }) =>
    `no request reaches ${match} of ${id}: all that it fits, such as ${request}, go to ${takers}`,
  why: 'Envoy takes the first route that matches, so these requests get the answer of an earlier route and never that of this one.',
  fix: 'Move the route above those that take the requests, narrow those, or remove the match.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const tell = createTeller(mesh);
    for (const { object, reach } of closedHttpReach(mesh)) {
      // A route that is not reached at all has a finding of its own.
      if (!isReached(reach)) continue;
      for (const alternative of reach.alternatives) {
        const { part, pointer, fate } = alternative;
        if (fate.kind !== 'taken' || fate.within !== 'earlier routes') continue;
        const words = tell(object, alternative);
        if (words === undefined) continue;
        const request = describeRequest(fate.request, plainFor(object.spec, object.namespace));
        const params = { id: titleOf(object), match: matchTitle(part, pointer), takers: routePlaces(fate.by), request };
        report(object, { params, pointer: words, related: takenPlaces(fate.by, object) });
      }
    }
  },
});
