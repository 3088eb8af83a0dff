import { serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A Sidecar ends TLS by files of the pod alone; Secrets, lists and what only gateways do are refused (Istio: validation.go ValidateSidecar). */
export const ingressTlsByFiles = defineObjectRule<{ id: string; port: string; field: string }>({
  code: 'MS5506',
  name: 'ingress-tls-by-files',
  severity: 'error',
  summary: ({ id, port, field }) => `${port} of ${id} sets \`${field}\` in its TLS settings, which only a Gateway can`,
  why: 'Sidecars fetch no Secrets, compare no names of clients and redirect nobody, so Istio rejects the Sidecar.',
  fix: 'Name files of the pod by `serverCertificate`, `privateKey` and `caCertificates`, and take the field away.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const { tls, listener, pointer } of serverTlsOf(object.spec)) {
      const redirect = tls.httpsRedirect === true ? ['httpsRedirect'] : [];
      for (const field of [...statedOf(tls, ['subjectAltNames', 'credentialName', 'credentialNames', 'tlsCertificates']), ...redirect]) {
        report({ params: { id: titleOf(object), port: titleOfListener(listener), field }, pointer: `${pointer}/${field}`, part: 'key' });
      }
    }
  },
});
