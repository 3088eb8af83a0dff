import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** Who authenticates itself has a certificate and its key (Istio: agent/validation.go ValidateTLS). */
export const mutualTlsHasCertificate = defineObjectRule<{ id: string; where: string; missing: readonly string[] }>({
  code: 'MS5218',
  name: 'mutual-tls-has-certificate',
  severity: 'error',
  summary: ({ id, where, missing }) =>
    `${id} asks for mutual TLS${where} without ${listWords(
      missing.map((field) => `\`${field}\``),
      'or',
    )}`,
  why: 'Without a certificate of its own nobody can tell who the client is; Istio rejects it.',
  fix: 'Name a Secret in `credentialName`, or the files in `clientCertificate` and `privateKey`. Within the mesh `ISTIO_MUTUAL` brings certificates along.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const tls = objectOr(policy.tls);
      const { mode, credentialName = '' } = tls;
      if (mode !== 'MUTUAL' || credentialName !== '') continue;
      const missing = ['clientCertificate', 'privateKey'].filter((field) => tls[field] === undefined || tls[field] === '');
      if (missing.length === 0) continue;
      report({ params: { id: titleOf(object), where: describeScope(scope), missing }, pointer: `${pointer}/tls/mode` });
    }
  },
});
