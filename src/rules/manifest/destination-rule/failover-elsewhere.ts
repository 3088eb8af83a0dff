import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';
import { localitySettings } from './locality-settings.ts';

/** A region fails over to another one (Istio: agent/validation.go ValidateLocalityLbSetting, ValidateZoneAwareLbSetting). */
export const failoverElsewhere = defineObjectRule<{ id: string; where: string; region: string }>({
  code: 'MS5213',
  name: 'failover-elsewhere',
  severity: 'error',
  summary: ({ id, where, region }) =>
    region === '' ? `a failover of ${id}${where} names no region` : `the region \`${region}\` of ${id} fails over to itself${where}`,
  why: 'Istio rejects a failover that leads nowhere else.',
  fix: 'Name two different regions in `from` and `to`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const { setting, pointer, part } of localitySettings(object.spec)) {
      for (const [index, entry] of listOr(setting.failover).entries()) {
        const { from: region = '', to = '' } = objectOr(entry);
        if (region !== to) continue;
        const place = `${pointer}/failover/${index}`;
        const params = { id: titleOf(object), where: describeScope(part.scope), region: String(region) };
        report({ params, pointer: objectOr(entry).to === undefined ? place : `${place}/to` });
      }
    }
  },
});
