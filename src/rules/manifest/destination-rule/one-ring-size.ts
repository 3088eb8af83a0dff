import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** The size of the ring stands in one place: the old one excludes a named algorithm (Istio: validation.go validateLoadBalancer). */
export const oneRingSize = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5206',
  name: 'one-ring-size',
  severity: 'error',
  summary: ({ id, where }) => `${id} writes the old \`minimumRingSize\` beside \`ringHash\`${where}`,
  why: 'Istio rejects a hash with both.',
  fix: 'Write the size once: `ringHash: {minimumRingSize: …}`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 16 },
  check(object, report) {
    // As it is written: in today's spelling there is only one of them.
    for (const { policy, pointer, scope } of trafficPolicies(objectOr(object.manifest.body.spec))) {
      const { minimumRingSize = 0, ringHash } = objectOr(objectOr(policy.loadBalancer).consistentHash);
      if (minimumRingSize === 0 || ringHash === undefined) continue;
      const place = { pointer: `/spec${pointer}/loadBalancer/consistentHash/minimumRingSize`, within: 'body' } as const;
      report({ params: { id: titleOf(object), where: describeScope(scope) }, ...place });
    }
  },
});
