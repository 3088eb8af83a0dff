import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';
import { type LocalitySetting, localitySettings, topologyLabels } from './locality-settings.ts';

/**
 * Regions and zones are ordered in one way: not by labels beside `failover`, and never by labels where zones are balanced by themselves
 * (Istio: agent/validation.go ValidateLocalityLbSetting, ValidateZoneAwareLbSetting).
 */
export const regionsByFailover = defineObjectRule<{ id: string; where: string; label: string; key: LocalitySetting['key'] }>({
  code: 'MS5210',
  name: 'regions-by-failover',
  severity: 'error',
  summary: ({ id, where, label, key }) =>
    `${id} orders localities${where} by the label \`${label}\` ${key === 'localityLbSetting' ? 'and by `failover`' : 'in a `zoneAwareLbSetting`'}`,
  why: 'Istio rejects two orders for the same regions and zones; a zone-aware load balancer brings one with it.',
  fix: 'Take the label out of `failoverPriority`, and name regions in `failover`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 20 },
  check(object, report) {
    for (const { key, setting, pointer, part } of localitySettings(object.spec)) {
      if (key === 'localityLbSetting' && listOr(setting.failover).length === 0) continue;
      for (const [index, label] of listOr(setting.failoverPriority).entries()) {
        if (typeof label !== 'string' || !topologyLabels.includes(label)) continue;
        const params = { id: titleOf(object), where: describeScope(part.scope), label, key };
        report({ params, pointer: `${pointer}/failoverPriority/${index}` });
      }
    }
  },
});
