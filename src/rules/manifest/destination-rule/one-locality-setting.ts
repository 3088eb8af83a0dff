import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** Localities are chosen by one of the two settings (Istio: validation.go validateLoadBalancer). */
export const oneLocalitySetting = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5208',
  name: 'one-locality-setting',
  severity: 'error',
  summary: ({ id, where }) => `${id} sets both \`localityLbSetting\` and \`zoneAwareLbSetting\`${where}`,
  why: 'They are two ways to choose among zones; Istio rejects a load balancer with both.',
  fix: 'Keep one of them.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 31 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { localityLbSetting, zoneAwareLbSetting } = objectOr(policy.loadBalancer);
      if (localityLbSetting === undefined || zoneAwareLbSetting === undefined) continue;
      report({ params: { id: titleOf(object), where: describeScope(scope) }, pointer: `${pointer}/loadBalancer/zoneAwareLbSetting` });
    }
  },
});
