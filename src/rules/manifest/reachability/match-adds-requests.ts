import { titleOf } from '../../../mesh/mesh-object.ts';
import { describeRequest } from '../../../requests/request.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { allHttpReach } from './http-reach.ts';
import { plainFor } from './plain-for.ts';
import { matchTitle, takenPlaces } from './route-words.ts';
import { createTeller } from './words-told.ts';

/** Each match of a route brings it requests that the matches before it do not (Istio reports those of the same text: IST0131). */
export const matchAddsRequests = defineMeshRule<{ id: string; match: string; request: string }>({
  code: 'MS5852',
  name: 'match-adds-requests',
  severity: 'info',
  alias: 'IST0131',
  summary: ({ id, match, request }) => `${match} of ${id} adds nothing: what it fits, such as ${request}, is taken by matches before it`,
  why: 'The route answers these requests all the same, so nothing breaks; but the list says more than it does, and hides what the next reader looks for.',
  fix: 'Remove the match, or correct it if another one was meant.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const tell = createTeller(mesh);
    for (const { object, reach } of allHttpReach(mesh)) {
      for (const alternative of reach.alternatives) {
        const { part, pointer, fate } = alternative;
        if (fate.kind !== 'taken' || fate.within !== 'its route') continue;
        const words = tell(object, alternative);
        if (words === undefined) continue;
        const request = describeRequest(fate.request, plainFor(object.spec, object.namespace));
        const params = { id: titleOf(object), match: matchTitle(part, pointer), request };
        report(object, { params, pointer: words, related: takenPlaces(fate.by, object) });
      }
    }
  },
});
