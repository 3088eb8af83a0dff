import { isObject, type Json, listOr, objectOr } from '../../model/json.ts';
import { manifestId, originAt } from '../../model/manifest.ts';
import { defineRule } from '../rule.ts';
import type { ManifestSubject } from '../subjects.ts';

/** A connection is tunnelled or announced by PROXY protocol, not both (Istio: validation.go validateTrafficPolicy). */
export const tunnelOrProxyProtocol = defineRule({
  code: 'MS5005',
  name: 'tunnel-or-proxy-protocol',
  severity: 'error',
  summary: ({ id }: { id: string }) => `${id} sets both \`tunnel\` and \`proxyProtocol\``,
  why: 'Istio rejects a policy with both.',
  fix: 'Keep one of them. An inherited one is removed with `null`.',
  since: '0.1.0',
  check({ manifests }: ManifestSubject, report) {
    for (const manifest of manifests.filter(({ kind }) => kind === 'DestinationRule')) {
      const spec = objectOr(manifest.body.spec);
      const policies = [
        ['/spec/trafficPolicy', spec.trafficPolicy] as const,
        ...listOr(spec.subsets).map((subset, i) => [`/spec/subsets/${i}/trafficPolicy`, objectOr(subset).trafficPolicy] as const),
      ];
      for (const [pointer, policy] of policies) {
        if (!both(policy)) continue;
        const at = originAt(manifest.provenance, `${pointer}/proxyProtocol`)?.at ?? manifest.owner.origin.at;
        report({ params: { id: manifestId(manifest) }, at });
      }
    }
  },
});

function both(policy: Json | undefined): boolean {
  return isObject(policy) && policy.tunnel !== undefined && policy.proxyProtocol !== undefined;
}
