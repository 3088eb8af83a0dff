import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** An `outboundTrafficPolicy` says its mode: without one it means REGISTRY_ONLY, also where the mesh allows any host (kiali: sidecars/outbound_traffic_policy_mode.go; kiali/kiali#5882). */
export const outboundModeIsWritten = defineObjectRule<{ id: string }>({
  code: 'MS5516',
  name: 'outbound-mode-is-written',
  severity: 'warning',
  alias: 'KIA1007',
  summary: ({ id }) => `the outboundTrafficPolicy of ${id} has no \`mode\`, so unknown hosts are refused`,
  why: 'An absent mode is REGISTRY_ONLY to Istio, not the default of the mesh, which is ALLOW_ANY unless it was changed.',
  fix: 'Write `mode: REGISTRY_ONLY` or `mode: ALLOW_ANY`; leave `outboundTrafficPolicy` out to follow the mesh.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report, { environment }) {
    if (environment.mesh.outboundTrafficPolicy === 'REGISTRY_ONLY') return;
    const { outboundTrafficPolicy: policy } = object.spec;
    // Beside a proxy an absent mode is an error of its own.
    if (!isObject(policy) || policy.mode !== undefined || policy.egressProxy !== undefined) return;
    report({ params: { id: titleOf(object) }, pointer: '/outboundTrafficPolicy', part: 'key' });
  },
});
