import { serverTlsOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** TLS settings of a Sidecar end TLS of clients outside the mesh, or pass it on; mutual TLS of the mesh is not their business (Istio: validation.go ValidateSidecar). */
export const ingressTlsMode = defineObjectRule<{ id: string; port: string; mode: string }>({
  code: 'MS5507',
  name: 'ingress-tls-mode',
  severity: 'error',
  summary: ({ id, port, mode }) => `${port} of ${id} has the TLS mode ${mode}, which a Sidecar cannot have`,
  why: 'Mutual TLS within the mesh is asked for by a PeerAuthentication, and routing by SNI is done by gateways; Istio rejects the Sidecar.',
  fix: 'Use SIMPLE, MUTUAL or OPTIONAL_MUTUAL with files, or write a PeerAuthentication instead of `tls`.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const { mode, listener, pointer } of serverTlsOf(object.spec)) {
      if (mode !== 'ISTIO_MUTUAL' && mode !== 'AUTO_PASSTHROUGH') continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), mode }, pointer: `${pointer}/mode` });
    }
  },
});
