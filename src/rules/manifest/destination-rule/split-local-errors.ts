import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** Failures of the client's own side are counted apart, or not at all (Istio: validation.go validateOutlierDetection). */
export const splitLocalErrors = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5203',
  name: 'split-local-errors',
  severity: 'error',
  summary: ({ id, where }) => `${id} limits failures of local origin${where}, but does not split them from other errors`,
  why: 'Istio rejects `consecutiveLocalOriginFailures` where all errors are counted together.',
  fix: 'Add `splitExternalLocalOriginErrors: true`, or count them with the others: `consecutiveGatewayErrors`, `consecutive5xxErrors`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 11 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { consecutiveLocalOriginFailures: limit, splitExternalLocalOriginErrors: split } = objectOr(policy.outlierDetection);
      if (typeof limit !== 'number' || limit === 0 || split === true) continue;
      const params = { id: titleOf(object), where: describeScope(scope) };
      report({ params, pointer: `${pointer}/outlierDetection/consecutiveLocalOriginFailures` });
    }
  },
});
