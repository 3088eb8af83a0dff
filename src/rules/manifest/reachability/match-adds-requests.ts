import { titleOf } from '../../../mesh/mesh-object.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { describeRequest } from '../../../requests/request.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { closedHttpReach, type HttpAlternative, type HttpFate } from './http-reach.ts';
import { plainFor } from './plain-for.ts';
import { matchTitle, takenPlaces } from './route-words.ts';
import { createTeller } from './words-told.ts';

/**
 * Each match of a route brings it requests that the matches before it do not (Istio reports those of the same text: IST0131). A list of
 * thousands is told of once, at the first.
 */
export const matchAddsRequests = defineMeshRule<{ id: string; match: string; request: string; others: number }>({
  code: 'MS5852',
  name: 'match-adds-requests',
  severity: 'info',
  alias: 'IST0131',
  summary: ({ id, match, request, others }) =>
    `${match} of ${id} adds nothing: what it fits, such as ${request}, is taken by matches before it${alike(others)}`,
  why: 'The route answers these requests all the same, so nothing breaks; but the list says more than it does, and hides what the next reader looks for.',
  fix: 'Remove the match, or correct it if another one was meant.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const tell = createTeller(mesh);
    for (const { object, reach } of closedHttpReach(mesh)) {
      const needless = reach.alternatives.flatMap((alternative): readonly Needless[] => {
        const { fate } = alternative;
        if (fate.kind !== 'taken' || fate.within !== 'its route') return [];
        const words = tell(object, alternative);
        return words === undefined ? [] : [{ alternative, fate, words }];
      });
      const [first] = needless;
      if (first === undefined) continue;
      const { part, pointer } = first.alternative;
      const request = describeRequest(first.fate.request, plainFor(object.spec, object.namespace));
      const params = { id: titleOf(object), match: matchTitle(part, pointer), request, others: needless.length - 1 };
      report(object, { params, pointer: first.words, related: takenPlaces(first.fate.by, object) });
    }
  },
});

interface Needless {
  readonly alternative: HttpAlternative;
  readonly fate: HttpFate & { readonly kind: 'taken' };
  readonly words: Pointer;
}

function alike(others: number): string {
  if (others === 0) return '';
  return others === 1 ? '; 1 other match of the route adds nothing either' : `; ${others} other matches of the route add nothing either`;
}
