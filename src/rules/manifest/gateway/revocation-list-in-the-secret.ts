import { endsTls, serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * Beside a Secret a file of revoked certificates has no effect. Istio means to refuse the two together, but returns before it looks
 * (validation.go validateTLSOptions), and its configuration reads the Secret alone (listener.go BuildListenerTLSContext).
 */
export const revocationListInTheSecret = defineObjectRule<{ id: string; port: string; field: string }>({
  code: 'MS5312',
  name: 'revocation-list-in-the-secret',
  severity: 'warning',
  summary: ({ id, port, field }) => `${port} of ${id} names a \`caCrl\` beside \`${field}\`, where Istio never reads it`,
  why: 'Istio accepts the two together by an oversight; certificates of clients that the list revokes go on being accepted.',
  fix: 'Put the list into the Secret, under the key `ca.crl`, and take `caCrl` away.',
  since: '0.1.0',
  reads: ['Gateway'],
  meshes: { from: 22 },
  check(object, report) {
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      const [field] = endsTls(mode) ? statedOf(tls, ['credentialName', 'credentialNames']) : [];
      if (field === undefined || statedOf(tls, ['caCrl']).length === 0) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), field }, pointer: `${pointer}/caCrl` });
    }
  },
});
