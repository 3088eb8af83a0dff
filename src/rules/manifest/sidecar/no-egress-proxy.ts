import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** `egressProxy` is on its way out: Istio documents it no longer (pkg/config/analysis/analyzers/deprecation FieldAnalyzer). */
export const noEgressProxy = defineObjectRule<{ id: string }>({
  code: 'MS5517',
  name: 'no-egress-proxy',
  severity: 'warning',
  alias: 'IST0002',
  summary: ({ id }) => `${id} sends unknown hosts through an egressProxy, which Istio calls deprecated`,
  why: 'The field is missing from the reference of Istio and its analyzer warns of it; a release may stop reading it.',
  fix: 'Declare the hosts outside, and route them through an egress gateway.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    const { mode, egressProxy } = objectOr(object.spec.outboundTrafficPolicy);
    // In another mode it is an error of its own.
    if (egressProxy === undefined || mode !== 'ALLOW_ANY') return;
    report({ params: { id: titleOf(object) }, pointer: '/outboundTrafficPolicy/egressProxy', part: 'key' });
  },
});
