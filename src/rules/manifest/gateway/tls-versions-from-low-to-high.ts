import { endsTls, serverTlsOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** The lowest TLS version is not above the highest: Istio hands both to Envoy as they are (listener.go applyServerTLSSettings). */
export const tlsVersionsFromLowToHigh = defineObjectRule<{ id: string; port: string; low: string; high: string }>({
  code: 'MS5316',
  name: 'tls-versions-from-low-to-high',
  severity: 'warning',
  summary: ({ id, port, low, high }) => `${port} of ${id} allows TLS from ${low} up to ${high}, which is no version at all`,
  why: 'Istio accepts it, but no handshake can agree on a version, so every connection fails.',
  fix: 'Swap `minProtocolVersion` and `maxProtocolVersion`, or leave the upper one out.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      const low = String(tls.minProtocolVersion);
      const high = String(tls.maxProtocolVersion);
      if (!endsTls(mode) || !versions.includes(high) || versions.indexOf(low) <= versions.indexOf(high)) continue;
      const params = { id: titleOf(object), port: titleOfListener(listener), low, high };
      report({ params, pointer: `${pointer}/maxProtocolVersion` });
    }
  },
});

/** TLS_AUTO is not among them: what it means is Envoy's choice. */
const versions: readonly string[] = ['TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'];
