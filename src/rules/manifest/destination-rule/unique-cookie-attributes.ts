import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** No attribute of the hash's cookie stands twice (Istio: validation.go validateLoadBalancer). */
export const uniqueCookieAttributes = defineObjectRule<{ id: string; where: string; attribute: string }>({
  code: 'MS5205',
  name: 'unique-cookie-attributes',
  severity: 'error',
  summary: ({ id, where, attribute }) => `${id} gives its cookie${where} the attribute \`${attribute}\` twice`,
  why: 'Istio rejects it: a browser could take either.',
  fix: 'Keep one of the two.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 28 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { httpCookie } = objectOr(objectOr(policy.loadBalancer).consistentHash);
      const seen = new Set<string>();
      for (const [index, entry] of listOr(objectOr(httpCookie).attributes).entries()) {
        const attribute = String(objectOr(entry).name);
        const place = `${pointer}/loadBalancer/consistentHash/httpCookie/attributes/${index}/name`;
        if (seen.has(attribute)) report({ params: { id: titleOf(object), where: describeScope(scope), attribute }, pointer: place });
        seen.add(attribute);
      }
    }
  },
});
