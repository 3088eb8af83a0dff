import { titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { type ConnectionMatch, connectionMatches, meetsAt, sharedSubnets } from './connection-matches.ts';
import { matchTitle, routePlaces } from './route-words.ts';

/**
 * For the connections of one port, a subnet stands in one tcp route: each route becomes a filter chain of the sidecar's listener (Istio:
 * pilot/pkg/networking/core/tls.go buildSidecarOutboundTCPFilterChainOpts), and Envoy allows no two for the same subnet. A subnet within
 * another is no repetition: the longer one wins.
 */
export const subnetOnce = defineObjectInMeshRule<{ id: string; match: string; subnets: readonly string[]; taker: string }>({
  code: 'MS5856',
  name: 'subnet-once',
  severity: 'warning',
  summary: ({ id, match, subnets, taker }) => `${match} of ${id} repeats ${listWords(subnets)} of ${taker}`,
  why: 'Both become filter chains for the same addresses; Envoy refuses a listener with such a pair, and with it all that goes through that port.',
  fix: 'Name each subnet in one route, or tell the routes apart by `port`, `gateways` or `sourceLabels`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const before: ConnectionMatch[] = [];
    for (const match of connectionMatches(object, mesh, 'tcp')) {
      const earlier = before.find(
        (one) => one.part !== match.part && sharedSubnets(match, one).length > 0 && meetsAt(match, one, 'sidecar'),
      );
      if (earlier === undefined) {
        if (match.subnets.length > 0) before.push(match);
        continue;
      }
      const subnets = sharedSubnets(match, earlier);
      report({
        params: { id: titleOf(object), match: matchTitle(match.part, match.pointer), subnets, taker: routePlaces([earlier]) },
        pointer: `${match.pointer}/destinationSubnets/${match.subnets.indexOf(subnets[0] ?? '')}`,
        related: [{ message: 'routed here', at: object.at(`${earlier.pointer}/destinationSubnets`) }],
      });
    }
  },
});
