import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A Sidecar sets something for the pods that it selects (Istio: validation.go ValidateSidecar; before 1.9 it had to have `egress`). */
export const sidecarSaysSomething = defineObjectRule<{ id: string; lacking: string }>({
  code: 'MS5501',
  name: 'sidecar-says-something',
  severity: 'error',
  summary: ({ id, lacking }) => `${id} has no ${lacking}`,
  why: 'Istio rejects a Sidecar that would change nothing.',
  fix: 'Say which hosts its pods call, such as `egress: [{hosts: ["./*", "istio-system/*"]}]`, or remove the Sidecar.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report, { environment }) {
    const onlyEgress = environment.istio.minor < 9;
    if (onlyEgress ? listOr(object.spec.egress).length > 0 : saysSomething(object.spec)) return;
    const lacking = onlyEgress ? '`egress`' : '`egress`, `ingress`, `outboundTrafficPolicy` or `inboundConnectionPool`';
    report({ params: { id: titleOf(object), lacking }, pointer: '' });
  },
});

function saysSomething({ egress, ingress, outboundTrafficPolicy, inboundConnectionPool }: JsonObject): boolean {
  const lists = [egress, ingress].some((list) => listOr(list).length > 0);
  return lists || outboundTrafficPolicy !== undefined || inboundConnectionPool !== undefined;
}
