import { titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { type ConnectionMatch, connectionMatches, meetsAt } from './connection-matches.ts';
import { matchTitle, routePlaces } from './route-words.ts';

/**
 * After a tls match with destinationSubnets, each one names its own. In sidecars Istio keeps those of the last match that had any for all
 * that follow (pilot/pkg/networking/core/tls.go buildSidecarOutboundTLSFilterChainOpts: one variable for the whole list).
 */
export const tlsMatchHasOwnSubnets = defineObjectInMeshRule<{ id: string; match: string; subnets: readonly string[]; earlier: string }>({
  code: 'MS5857',
  name: 'tls-match-has-own-subnets',
  severity: 'warning',
  summary: ({ id, match, subnets, earlier }) =>
    `in sidecars ${match} of ${id} holds only for ${listWords(subnets)}, which ${earlier} before it names`,
  why: 'Istio keeps the `destinationSubnets` of a tls match for the matches after it that have none, so connections to other addresses find no route.',
  fix: 'Move matches without `destinationSubnets` above those that have them, or write `destinationSubnets: [0.0.0.0/0]`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const withSubnets: ConnectionMatch[] = [];
    for (const match of connectionMatches(object, mesh, 'tls')) {
      if (match.subnets.length > 0) withSubnets.push(match);
      else {
        const earlier = withSubnets.findLast((one) => meetsAt(match, one, 'sidecar'));
        if (earlier === undefined) continue;
        const params = {
          id: titleOf(object),
          match: matchTitle(match.part, match.pointer),
          subnets: earlier.subnets,
          earlier: routePlaces([earlier]),
        };
        report({
          params,
          pointer: match.pointer,
          related: [{ message: 'named here', at: object.at(`${earlier.pointer}/destinationSubnets`) }],
        });
      }
    }
  },
});
