import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** An http match that names gateways is not asked for its callers: `sourceLabels` and `sourceNamespace` beside them are not read (Istio: route.go sourceMatchHTTP). */
export const callersApartFromGateways = defineObjectRule<{ id: string; word: string }>({
  code: 'MS5918',
  name: 'callers-apart-from-gateways',
  severity: 'warning',
  summary: ({ id, word }) => `a match of ${id} has both \`gateways\` and \`${word}\`, and Istio does not read the second`,
  why: 'Where an http match names its gateways, Istio leaves out who calls, so the route holds for every caller there.',
  fix: 'Leave `gateways` out of the match: without it a match holds for sidecars by their labels and namespace.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const part of routesOf(object.spec, ['http'])) {
      for (const { match, pointer } of matchesOf(part)) {
        if (listOr(match.gateways).length === 0) continue;
        const words = [
          ...(Object.keys(objectOr(match.sourceLabels)).length > 0 ? ['sourceLabels'] : []),
          ...(typeof match.sourceNamespace === 'string' && match.sourceNamespace !== '' ? ['sourceNamespace'] : []),
        ];
        for (const word of words) report({ params: { id: titleOf(object), word }, pointer: `${pointer}/${word}`, part: 'key' });
      }
    }
  },
});
