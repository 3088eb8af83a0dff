import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** Requests go out by HTTP/2, or as they came in (Istio: validation.go validateConnectionPool). */
export const upgradeOrClientProtocol = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5204',
  name: 'upgrade-or-client-protocol',
  severity: 'error',
  summary: ({ id, where }) => `${id} upgrades connections to HTTP/2 and keeps the client's protocol${where}`,
  why: 'Only one of them could be done; Istio rejects a connection pool with both.',
  fix: 'Remove `useClientProtocol` or `h2UpgradePolicy: UPGRADE`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 8 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { h2UpgradePolicy, useClientProtocol } = objectOr(objectOr(policy.connectionPool).http);
      if (h2UpgradePolicy !== 'UPGRADE' || useClientProtocol !== true) continue;
      report({ params: { id: titleOf(object), where: describeScope(scope) }, pointer: `${pointer}/connectionPool/http/useClientProtocol` });
    }
  },
});
