import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isList, type JsonObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** Where the server's certificate is not verified, nothing is said to verify it by (Istio: agent/validation.go ValidateTLS). */
export const unverifiedWithoutAuthorities = defineObjectRule<{ id: string; where: string; field: string }>({
  code: 'MS5216',
  name: 'unverified-without-authorities',
  severity: 'error',
  summary: ({ id, where, field }) => `${id} skips verification of the server${where}, but sets \`${field}\``,
  why: 'Istio rejects it: the field says what to verify, and `insecureSkipVerify` says not to.',
  fix: 'Remove `insecureSkipVerify` to verify the server, or the field to trust any.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 19 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const tls = objectOr(policy.tls);
      if (tls.insecureSkipVerify !== true) continue;
      for (const field of verifying(tls)) {
        report({ params: { id: titleOf(object), where: describeScope(scope), field }, pointer: `${pointer}/tls/${field}` });
      }
    }
  },
});

/** In mode MUTUAL the credential may hold the client's certificate alone. */
function verifying({ mode, caCertificates = '', credentialName = '', subjectAltNames }: JsonObject): readonly string[] {
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return [];
  return [
    ...(caCertificates === '' ? [] : ['caCertificates']),
    ...(credentialName === '' || mode === 'MUTUAL' ? [] : ['credentialName']),
    ...(isList(subjectAltNames) && subjectAltNames.length > 0 ? ['subjectAltNames'] : []),
  ];
}
