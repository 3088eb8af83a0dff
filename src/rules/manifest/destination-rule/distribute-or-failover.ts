import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';
import { localitySettings } from './locality-settings.ts';

/** Localities have shares, or an order in which they stand in for one another (Istio: agent/validation.go ValidateLocalityLbSetting). */
export const distributeOrFailover = defineObjectRule<{ id: string; where: string }>({
  code: 'MS5209',
  name: 'distribute-or-failover',
  severity: 'error',
  summary: ({ id, where }) => `${id} sets both \`distribute\` and \`failover\`${where}`,
  why: 'Shares that always hold leave nothing to fail over to; Istio rejects a setting with both.',
  fix: 'Keep `distribute` for fixed shares, or `failover` for another region when one fails.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const { setting, pointer, part } of localitySettings(object.spec)) {
      if (listOr(setting.distribute).length === 0 || listOr(setting.failover).length === 0) continue;
      report({ params: { id: titleOf(object), where: describeScope(part.scope) }, pointer: `${pointer}/failover` });
    }
  },
});
