import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isList } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** A traffic policy is about something; an empty list of ports is nothing (Istio: validation.go validateTrafficPolicy). */
export const policySaysSomething = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5201',
  name: 'policy-says-something',
  severity: 'error',
  summary: ({ id, where }) => `the traffic policy of ${id}${where} says nothing`,
  why: 'Istio rejects a policy that has no settings, and an empty list of ports is none.',
  fix: 'Remove the policy, or fill it.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { portLevelSettings, ...others } = policy;
      if (!isList(portLevelSettings) || portLevelSettings.length > 0 || Object.keys(others).length > 0) continue;
      report({ params: { id: titleOf(object), where: describeScope(scope) }, pointer: `${pointer}/portLevelSettings`, part: 'key' });
    }
  },
});
