import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';
import { distributionsOf, localitySettings } from './locality-settings.ts';

/** Shares of localities sum to 100 (Istio: agent/validation.go ValidateLocalityLbSetting). */
export const localitySharesSumTo100 = defineObjectRule<{ id: string; where: string; from: string; sum: number }>({
  code: 'MS5211',
  name: 'locality-shares-sum-to-100',
  severity: 'error',
  summary: ({ id, where, from, sum }) => `shares of requests from \`${from}\` in ${id}${where} sum to ${sum}, not to 100`,
  why: 'Istio rejects a distribution that leaves requests over, or gives out more than there are.',
  fix: 'Change the shares under `to` so that they sum to 100.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const found of localitySettings(object.spec)) {
      for (const { from, to, pointer } of distributionsOf(found)) {
        const sum = to.reduce((total, { share }) => total + share, 0);
        if (sum === 100) continue;
        report({ params: { id: titleOf(object), where: describeScope(found.part.scope), from, sum }, pointer: `${pointer}/to` });
      }
    }
  },
});
