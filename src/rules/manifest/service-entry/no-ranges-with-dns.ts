import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { looksUpNames, resolutionOf } from './entry-parts.ts';

/** A range of addresses goes with NONE or STATIC only (Istio: validation.go ValidateServiceEntry, and the CRD). */
export const noRangesWithDns = defineObjectRule<{ id: string; address: string; resolution: string }>({
  code: 'MS5416',
  name: 'no-ranges-with-dns',
  severity: 'error',
  summary: ({ id, address, resolution }) => `${id} has the range \`${address}\` beside resolution ${resolution}`,
  why: 'A host that DNS looks up has single addresses in the mesh; Istio rejects a range.',
  fix: 'Write single IP addresses, or `resolution: NONE` where callers choose an address of the range themselves.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    if (!looksUpNames(spec)) return;
    for (const [i, address] of listOr(spec.addresses).entries()) {
      if (typeof address === 'string' && address.includes('/'))
        report({ params: { id: titleOf(object), address, resolution: resolutionOf(spec) }, pointer: `/addresses/${i}` });
    }
  },
});
