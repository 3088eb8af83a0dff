import { serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Who asks clients for certificates by files says which authorities sign them (Istio: validation.go validateTLSOptions). */
export const mutualTlsHasAClientCa = defineObjectRule<{ id: string; port: string; mode: string }>({
  code: 'MS5307',
  name: 'mutual-tls-has-a-client-ca',
  severity: 'error',
  summary: ({ id, port, mode }) =>
    `${port} of ${id} asks clients for certificates (${mode}), but has no \`caCertificates\` to check them by`,
  why: 'Certificates of clients prove nothing without the authorities that may sign them, and Istio rejects the whole object.',
  fix: 'Name the file by `caCertificates`, or use `credentialName`, whose Secret holds it as `ca.crt`; mode SIMPLE asks for none.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      if (mode !== 'MUTUAL' && mode !== 'OPTIONAL_MUTUAL') continue;
      if (statedOf(tls, ['caCertificates', 'credentialName', 'credentialNames']).length > 0) continue;
      // Who has no certificate at all is told to name a Secret, which brings both.
      if (statedOf(tls, ['serverCertificate', 'privateKey', 'tlsCertificates']).length === 0) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), mode }, pointer: `${pointer}/mode` });
    }
  },
});
