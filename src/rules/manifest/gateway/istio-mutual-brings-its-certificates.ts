import { serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** In mode ISTIO_MUTUAL the mesh's own certificates are used, and no others may be named (Istio: validation.go validateTLSOptions). */
export const istioMutualBringsItsCertificates = defineObjectRule<{ id: string; port: string; field: string }>({
  code: 'MS5308',
  name: 'istio-mutual-brings-its-certificates',
  severity: 'error',
  summary: ({ id, port, field }) => `${port} of ${id} names a \`${field}\` beside the mode ISTIO_MUTUAL`,
  why: 'That mode uses the certificates which Istio issues to workloads; beside others it is unclear what is meant, and Istio rejects the Gateway.',
  fix: 'Take the certificates away, or use SIMPLE or MUTUAL for clients from outside the mesh.',
  since: '0.1.0',
  reads: ['Gateway'],
  meshes: { from: 3 },
  check(object, report, { environment }) {
    const fields = Object.keys(refusedFrom).filter((field) => environment.istio.minor >= (refusedFrom[field] ?? 0));
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      const [field] = mode === 'ISTIO_MUTUAL' ? statedOf(tls, fields) : [];
      if (field === undefined) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), field }, pointer: `${pointer}/${field}` });
    }
  },
});

/** Since which minor Istio refuses each of them. */
const refusedFrom: Readonly<Record<string, number>> = {
  serverCertificate: 3,
  privateKey: 3,
  caCertificates: 3,
  credentialName: 13,
  credentialNames: 27,
  tlsCertificates: 27,
};
