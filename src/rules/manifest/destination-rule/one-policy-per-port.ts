import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** A port has one entry in `portLevelSettings`: Istio reads the first alone (pilot/pkg/networking/util GetPortLevelTrafficPolicy). */
export const onePolicyPerPort = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5202',
  name: 'one-policy-per-port',
  severity: 'warning',
  summary: ({ id, where }) => `${id} has a second policy${where}`,
  why: 'Istio takes the first entry of a port and never reads another one.',
  fix: 'Join the entries of the port, or correct the number.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    const seen = new Map<string, string>();
    for (const { pointer, scope } of trafficPolicies(object.spec)) {
      if (scope.port === undefined) continue;
      // Beneath one list; two subsets may well speak of one port.
      const key = `${pointer.slice(0, pointer.lastIndexOf('/'))} ${scope.port.number}`;
      const before = seen.get(key);
      if (before === undefined) seen.set(key, pointer);
      else {
        const related = [{ message: 'this one is read', at: object.at(`${before}/port/number`) }];
        report({ params: { id: titleOf(object), where: describeScope(scope) }, pointer: `${pointer}/port/number`, related });
      }
    }
  },
});
