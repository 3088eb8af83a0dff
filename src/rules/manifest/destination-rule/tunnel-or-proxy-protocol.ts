import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A connection is tunnelled or announced by PROXY protocol, not both (Istio: validation.go validateTrafficPolicy). */
export const tunnelOrProxyProtocol = defineObjectRule<{ id: string }>({
  code: 'MS5005',
  name: 'tunnel-or-proxy-protocol',
  severity: 'error',
  summary: ({ id }) => `${id} sets both \`tunnel\` and \`proxyProtocol\``,
  why: 'Istio rejects a policy with both.',
  fix: 'Keep one of them; in an intent: an inherited one is removed with `null`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 21 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      if (scope.port !== undefined || policy.tunnel === undefined || policy.proxyProtocol === undefined) continue;
      report({ params: { id: titleOf(object) }, pointer: `${pointer}/proxyProtocol` });
    }
  },
});
