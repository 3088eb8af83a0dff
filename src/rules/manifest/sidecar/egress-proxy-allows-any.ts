import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Only what is allowed out can go through a proxy: an `egressProxy` needs mode ALLOW_ANY (Istio: validation.go validateSidecarOutboundTrafficPolicy). */
export const egressProxyAllowsAny = defineObjectRule<{ id: string; mode: string }>({
  code: 'MS5515',
  name: 'egress-proxy-allows-any',
  severity: 'error',
  summary: ({ id, mode }) => `${id} has an egressProxy, but its outboundTrafficPolicy ${mode}`,
  why: 'In that mode requests to unknown hosts are refused, so none could go through the proxy; Istio rejects the Sidecar.',
  fix: 'Write `mode: ALLOW_ANY`, or take `egressProxy` away.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    const { mode, egressProxy } = objectOr(object.spec.outboundTrafficPolicy);
    if (egressProxy === undefined || mode === 'ALLOW_ANY') return;
    const pointer = `/outboundTrafficPolicy/${mode === undefined ? 'egressProxy' : 'mode'}`;
    const written = mode === undefined ? 'has no `mode`, which means REGISTRY_ONLY' : `has the mode ${String(mode)}`;
    report({ params: { id: titleOf(object), mode: written }, pointer, ...(mode === undefined ? { part: 'key' } : {}) });
  },
});
