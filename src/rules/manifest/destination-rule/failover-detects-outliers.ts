import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope, lostByIstio } from './describe-scope.ts';
import { type LocalitySetting, localitySettings } from './locality-settings.ts';

/**
 * Failover needs outlier detection in force beside it (Istio: agent/validation.go ValidateLocalityLbSetting, ValidateZoneAwareLbSetting).
 * Istio looks for it in the same policy and, for subsets and ports, loses what it finds. Here a subset may have it from the whole host,
 * as it does in the mesh (pilot/pkg/model MergeTrafficPolicy); a port has nothing but its own.
 */
export const failoverDetectsOutliers = defineObjectRule<{ id: string; where: string; word: string }>({
  code: 'MS5214',
  name: 'failover-detects-outliers',
  severity: 'warning',
  summary: ({ id, where, word }) => `${id} sets \`${word}\`${where}, but no \`outlierDetection\``,
  why: 'Istio fails over only where outlier detection is set; without it requests stay where they are, whatever fails.',
  fix: 'Add `outlierDetection` beside the `loadBalancer`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const found of localitySettings(object.spec)) {
      const word = (['failover', 'failoverPriority'] as const).find((key) => listOr(found.setting[key]).length > 0);
      if (word === undefined || detectsOutliers(object.spec, found)) continue;
      const { scope } = found.part;
      const params = { id: titleOf(object), where: describeScope(scope), word };
      report({ params, pointer: `${found.pointer}/${word}`, part: 'key', hints: lostByIstio(scope) });
    }
  },
});

function detectsOutliers(spec: JsonObject, { part: { policy, scope } }: LocalitySetting): boolean {
  if (isObject(policy.outlierDetection)) return true;
  return scope.subset !== undefined && scope.port === undefined && isObject(objectOr(spec.trafficPolicy).outlierDetection);
}
